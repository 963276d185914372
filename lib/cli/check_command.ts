import { resolve } from "node:path";
import { InputError } from "../core/errors.ts";
import { KERNEL_KINDS } from "../core/kernel_kind.ts";
import { quoted } from "../core/quoted.ts";
import { checkExperiment, type CheckOptions, findOrphans } from "../runner/check_experiment.ts";
import type { Comparison } from "../runner/display.ts";
import { experimentFiles } from "../runner/list_experiments.ts";
import { loadExperiment } from "../runner/load_experiment.ts";
import { parseShard } from "../runner/shard.ts";
import { TRUST_FLAG } from "./args/flags.ts";
import { checkReportFiles, reportCheck } from "./check_report.ts";
import type { CommandLine, RunCommand } from "./command.ts";
import { readChoice, readCount, resultsDir } from "./experiment_flags.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { createProgress } from "./progress.ts";

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
