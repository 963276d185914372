import { InputError } from "../core/errors.ts";
import { percent } from "../runner/display.ts";
import { exportModel, type ExportOutcome, MODEL_FORMATS } from "../runner/export_model.ts";
import { isAbort } from "../runner/run_experiment.ts";
import type { Command, CommandLine } from "./command.ts";
import { EXPERIMENT_FLAGS, loadFiles, readChoice, resultsDir } from "./experiment_flags.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { createProgress } from "./progress.ts";
import type { Terminal } from "./terminal.ts";

/** `export FILE`: writes the model of the winner, or of a trial, to a file. */
export const exportCommand: Command = {
  name: "export",
  about: "write the winner's model, or a trial's, to a file for other tools",
  operands: "FILE",
  flags: [
    {
      name: "trial",
      value: "ID",
      about: "the trial, or how its id begins (default: the winner's best repeat)",
    },
    { name: "format", value: MODEL_FORMATS.join("|"), about: "safetensors, which predict reads, or ONNX" },
    { name: "out", value: "FILE", about: "the file to write" },
    { name: "data", value: "DIR", about: "folder of the data set's official files" },
    ...EXPERIMENT_FLAGS.filter(({ name }) => name !== "json"),
  ],
  run: async (line, terminal) => {
    using interrupt = listenForInterrupt(terminal);
    const { signal } = interrupt;
    try {
      const { out, ...outcome } = await exportOne(line, { terminal, signal });
      terminal.write(exportText(out, outcome));
      return 0;
    } catch (error) {
      if (isAbort(error, signal)) return 130;
      throw error;
    }
  },
};

interface Export {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

async function exportOne(
  line: CommandLine,
  { terminal, signal }: Export,
): Promise<ExportOutcome & { readonly out: string }> {
  const format = readChoice(line, "format", MODEL_FORMATS);
  const out = line.value("out");
  if (line.operands.length !== 1 || format === undefined || out === undefined) {
    const missing = [
      ...line.operands.length === 1 ? [] : [`${line.operands.length} experiment files`],
      ...format === undefined ? ["no --format"] : [],
      ...out === undefined ? ["no --out"] : [],
    ];
    throw new InputError(
      `Cannot export: it must be given one experiment file, --format and --out, found ${
        missing.join(" and ")
      }`,
    );
  }
  const [loaded] = await loadFiles(line.operands, { line });
  using progress = createProgress(terminal, { workers: 1 });
  const outcome = await exportModel(loaded, {
    resultsDir: resultsDir(line),
    dataDir: line.value("data"),
    trial: line.value("trial"),
    format,
    out,
    signal,
    observe: progress.observe,
  });
  return { ...outcome, out };
}

function exportText(out: string, { facts, fileSha256 }: ExportOutcome): string {
  const { experiment, trial, validationAccuracy, testAccuracy } = facts;
  const test = testAccuracy === null ? "" : `, ${percent(testAccuracy)} test`;
  return `${out}: ${experiment} ${trial}, ${percent(validationAccuracy)} validation${test}\n` +
    `SHA-256 ${fileSha256}\n`;
}
