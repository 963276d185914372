import { resolve } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import { KERNEL_KINDS } from "../../core/facts/kernel_kind.ts";
import { quoted } from "../../core/text/quoted.ts";
import type { Comparison } from "../../report/compare/comparison.ts";
import { checkExperiment, type CheckOptions, findOrphans } from "../../runner/check/check_experiment.ts";
import { loadExperiment } from "../../runner/plan/load_experiment.ts";
import { parseShard } from "../../runner/plan/shard.ts";
import { experimentFiles } from "../../runner/results/list_experiments.ts";
import type { CommandLine, RunCommand } from "../args/command.ts";
import { readChoice, readCount, resultsDir } from "../args/experiment_flags.ts";
import { TRUST_FLAG } from "../args/flags.ts";
import { listenForInterrupt } from "../process/interrupt.ts";
import { createProgress } from "../progress/create_progress.ts";
import { checkReportFiles, reportCheck } from "./check_report.ts";

/** `check`: runs experiments again and compares with their baselines. */
export const checkCommand: RunCommand = async (line, terminal) => {
  const experimentsDir = line.value("experiments") ?? "experiments";
  const isWhole = line.operands.length === 0;
  const files = isWhole ? await experimentFiles(experimentsDir) : line.operands;
  const settings = readSettings(line);
  await checkReportFiles(line);
  const loaded = [];
  for (const file of files) {
    loaded.push(await loadExperiment(file, { isTrusted: line.has(TRUST_FLAG.name) }));
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
    if (comparison === null) return 130;
    comparisons.push(comparison);
  }
  const orphans = isWhole ? await findOrphans({ experimentsDir, ...settings }) : [];
  return await reportCheck([...comparisons, ...orphans], { line, terminal });
};

function readSettings(line: CommandLine): Omit<CheckOptions, "signal" | "clock" | "observe"> {
  const shard = line.value("shard");
  if (line.value("inject-fault") !== undefined && line.value("current") !== undefined) {
    throw new InputError(
      "Cannot use --inject-fault: trials must run, found --current, which compares what ran before",
    );
  }
  return {
    workers: readCount(line, "workers") ?? navigator.hardwareConcurrency,
    resultsDir: resultsDir(line),
    currentDir: line.value("current"),
    keepDir: readKeep(line),
    shard: shard === undefined ? undefined : parseShard(shard),
    dataDir: line.value("data"),
    kernels: readChoice(line, "kernels", KERNEL_KINDS),
    tolerance: readFraction(line, "tolerance"),
    suspicious: readFraction(line, "suspicious"),
    faultEpoch: readCount(line, "inject-fault"),
  };
}

function readKeep(line: CommandLine): string | undefined {
  const keep = line.value("keep");
  if (keep === undefined || resolve(keep) !== resolve(resultsDir(line))) return keep;
  throw new InputError(
    `Cannot use --keep: it must be another folder than that of the baselines, found ${keep}`,
  );
}

function readFraction(line: CommandLine, flag: string): number | undefined {
  const text = line.value(flag);
  if (text === undefined) return undefined;
  const fraction = Number(text);
  if (text.trim() !== "" && fraction >= 0 && fraction <= 1) return fraction;
  throw new InputError(`Cannot read --${flag}: it must be a fraction from 0 to 1, found ${quoted(text)}`);
}
