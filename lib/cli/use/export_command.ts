import { InputError } from "../../core/check/errors.ts";
import { MODEL_FORMATS } from "../../core/facts/model_format.ts";
import { percent } from "../../report/summary/percent.ts";
import { exportModel, type ExportOutcome } from "../../runner/model/export_model.ts";
import { isAbort } from "../../runner/run/run_experiment.ts";
import type { CommandLine, RunCommand } from "../args/command.ts";
import { loadFiles, readChoice, resultsDir } from "../args/experiment_flags.ts";
import { listenForInterrupt } from "../process/interrupt.ts";
import { createProgress } from "../progress/create_progress.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** `export FILE`: writes the model of the winner, or of a trial, to a file. */
export const exportCommand: RunCommand = async (line, terminal) => {
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
  using progress = await createProgress(terminal, { workers: 1 });
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
