import { InputError } from "../../core/check/errors.ts";
import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import { metricFacts, type MetricName, testName, USUAL_METRIC } from "../../core/facts/metric.ts";
import { testValueOf, valueOf } from "../../report/summary/metric.ts";
import { metricText } from "../../report/summary/metric_text.ts";
import { exportModel, type ExportOutcome } from "../../runner/model/export_model.ts";
import { isAbort } from "../../runner/run/run_experiment.ts";
import type { CommandLine, RunCommand } from "../args/command.ts";
import { FLAGS } from "../args/flags.ts";
import { loadFiles } from "../args/load_files.ts";
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
    return EXIT_CODES.good;
  } catch (error) {
    if (isAbort(error, signal)) return EXIT_CODES.interrupted;
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
  const format = line.get(FLAGS.format);
  const out = line.get(FLAGS.out);
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
  const [trial, ensemble] = [line.get(FLAGS.exportedTrial), line.get(FLAGS.ensemble)];
  if (ensemble && trial !== undefined) {
    throw new InputError(
      `Cannot export: --ensemble takes every trial of the winner, found --trial ${trial} too`,
    );
  }
  const [loaded] = await loadFiles(line.operands, { line });
  using progress = await createProgress(terminal, { workers: 1 });
  const outcome = await exportModel(loaded, {
    resultsDir: line.get(FLAGS.results),
    dataDir: line.get(FLAGS.data),
    trial,
    ensemble,
    format,
    out,
    signal,
    observe: progress.observe,
  });
  return { ...outcome, out };
}

function exportText(out: string, { facts, ensemble, fileSha256 }: ExportOutcome): string {
  const { experiment, trial, solver: { select = USUAL_METRIC } } = facts;
  if (ensemble !== undefined) return ensembleText(out, { select, ensemble, fileSha256 });
  const isUsual = select === USUAL_METRIC;
  const [metric, tested] = [metricFacts(select), metricFacts(testName(select))];
  const value = valueOf({ ...facts, bestValidationAccuracy: facts.validationAccuracy }, select)!;
  const onTest = testValueOf(facts, testName(select));
  const test = onTest === null ? "" : `, ${metricText(onTest, metric)} ${isUsual ? "test" : tested.label}`;
  return `${out}: ${experiment} ${trial}, ${metricText(value, metric)} ${
    isUsual ? "validation" : metric.label
  }${test}\n` +
    `SHA-256 ${fileSha256}\n`;
}

interface Exported extends Pick<ExportOutcome, "fileSha256"> {
  readonly select: MetricName;
  readonly ensemble: NonNullable<ExportOutcome["ensemble"]>;
}

function ensembleText(out: string, { select, ensemble, fileSha256 }: Exported): string {
  const { experiment, nets } = ensemble;
  const tested = metricFacts(testName(select));
  const value = testValueOf(ensemble, testName(select));
  const test = value === null
    ? ""
    : `, ${metricText(value, tested)} ${select === USUAL_METRIC ? "test" : tested.label}`;
  return `${out}: ${experiment}, ${nets} nets together${test}\nSHA-256 ${fileSha256}\n`;
}
