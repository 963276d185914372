import { resolve } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import type { Comparison } from "../../report/compare/comparison.ts";
import { checkExperiment, type CheckOptions, findOrphans } from "../../runner/check/check_experiment.ts";
import { loadExperiment } from "../../runner/plan/load_experiment.ts";
import { experimentFiles } from "../../runner/results/list_experiments.ts";
import type { CommandLine, RunCommand } from "../args/command.ts";
import { FLAGS } from "../args/flags.ts";
import { readTraining } from "../args/training_settings.ts";
import { listenForInterrupt } from "../process/interrupt.ts";
import { createProgress } from "../progress/create_progress.ts";
import { checkReportFiles, reportCheck } from "./check_report.ts";

/** `check`: runs experiments again and compares with their baselines. */
export const checkCommand: RunCommand = async (line, terminal) => {
  const experimentsDir = line.get(FLAGS.experiments);
  const isWhole = line.operands.length === 0;
  const files = isWhole ? await experimentFiles(experimentsDir) : line.operands;
  const settings = readCheckSettings(line);
  await checkReportFiles(line);
  const loaded = [];
  for (const file of files) {
    loaded.push(await loadExperiment(file, { isTrusted: line.get(FLAGS.trustExperiment) }));
  }
  using interrupt = listenForInterrupt(terminal);
  const comparisons: Comparison[] = [];
  for (const experiment of loaded) {
    using progress = await createProgress(terminal, settings);
    const comparison = await checkExperiment(experiment, {
      ...settings,
      signal: interrupt.signal,
      clock: () => performance.now(),
      observe: progress.observe,
    });
    if (comparison === null) return EXIT_CODES.interrupted;
    comparisons.push(comparison);
  }
  const orphans = isWhole ? await findOrphans({ experimentsDir, ...settings }) : [];
  return await reportCheck([...comparisons, ...orphans], { line, terminal });
};

function readCheckSettings(line: CommandLine): Omit<CheckOptions, "signal" | "clock" | "observe"> {
  const currentDir = line.get(FLAGS.current);
  if (line.has(FLAGS.injectFault) && currentDir !== undefined) {
    throw new InputError(
      "Cannot use --inject-fault: trials must run, found --current, which compares what ran before",
    );
  }
  const training = readTraining(line);
  return {
    ...training,
    currentDir,
    keepDir: readKeep(line, training),
    shard: line.get(FLAGS.checkShard),
    gate: {
      policy: line.get(FLAGS.policy),
      tolerance: line.get(FLAGS.tolerance),
      suspicious: line.get(FLAGS.suspicious),
      allowBits: line.get(FLAGS.allowBits),
    },
    faultEpoch: line.get(FLAGS.injectFault),
  };
}

function readKeep(line: CommandLine, { resultsDir }: { readonly resultsDir: string }): string | undefined {
  const keep = line.get(FLAGS.keep);
  if (keep === undefined || resolve(keep) !== resolve(resultsDir)) return keep;
  throw new InputError(
    `Cannot use --keep: it must be another folder than that of the baselines, found ${keep}`,
  );
}
