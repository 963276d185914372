import { resolve } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import { type Comparison, uncheckedComparison } from "../../report/compare/comparison.ts";
import { changedSince } from "../../runner/check/changed_since.ts";
import { checkExperiment, type CheckOptions, findOrphans } from "../../runner/check/check_experiment.ts";
import { findChange } from "../../runner/check/find_change.ts";
import { TrialCache } from "../../runner/check/trial_cache.ts";
import { type LoadedExperiment, loadExperiment } from "../../runner/plan/load_experiment.ts";
import { experimentFiles } from "../../runner/results/list_experiments.ts";
import type { CommandLine, RunCommand } from "../args/command.ts";
import { FLAGS } from "../args/flags.ts";
import { minutesSignal } from "../args/minutes_signal.ts";
import { readSeed } from "../args/read_seed.ts";
import { readTraining } from "../args/training_settings.ts";
import { listenForInterrupt } from "../process/interrupt.ts";
import { createProgress } from "../progress/create_progress.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { checkReportFiles, reportCheck } from "./check_report.ts";

/** `check`: runs experiments again and compares with their baselines. */
export const checkCommand: RunCommand = async (line, terminal) => {
  const experimentsDir = line.get(FLAGS.experiments);
  const isWhole = line.operands.length === 0;
  const files = isWhole ? await experimentFiles(experimentsDir) : line.operands;
  await checkReportFiles(line);
  const loaded = [];
  for (const file of files) {
    loaded.push(await loadExperiment(file, { isTrusted: line.get(FLAGS.trustExperiment) }));
  }
  const settings = await readCheckSettings(line);
  const isUnchanged = await changeFilter(line, terminal);
  using interrupt = listenForInterrupt(terminal);
  const comparisons: Comparison[] = [];
  for (const experiment of loaded) {
    const unchanged = await isUnchanged(experiment);
    if (unchanged !== null) {
      comparisons.push(unchanged);
      continue;
    }
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

/** Returns a function for the comparison of an experiment that `--changed` leaves out; null for one to check. */
async function changeFilter(
  line: CommandLine,
  terminal: Terminal,
): Promise<(experiment: LoadedExperiment) => Promise<Comparison | null>> {
  const base = line.get(FLAGS.changed);
  if (base === undefined) return () => Promise.resolve(null);
  const environment = (name: string) => Deno.env.get(name);
  const { commit, paths } = await changedSince(base || undefined, { folder: Deno.cwd(), environment });
  const since = commit.slice(0, SHOWN_DIGITS);
  return async (loaded) => {
    const { experiment: { name: experiment }, file } = loaded;
    const change = await findChange(loaded, { paths, resultsDir: line.get(FLAGS.results) });
    if (change !== null) {
      terminal.writeError(`${experiment}: ${change} since ${since}\n`);
      return null;
    }
    const reason = `nothing of it changed since ${since}`;
    return uncheckedComparison({ experiment, file }, { trials: null, cause: "unchanged", reason });
  };
}

const SHOWN_DIGITS = 10;

async function readCheckSettings(
  line: CommandLine,
): Promise<Omit<CheckOptions, "signal" | "clock" | "observe">> {
  const currentDir = line.get(FLAGS.current);
  if (line.has(FLAGS.injectFault) && currentDir !== undefined) {
    throw new InputError(
      "Cannot use --inject-fault: trials must run, found --current, which compares what ran before",
    );
  }
  const trustedDir = line.get(FLAGS.trustCache);
  if (line.has(FLAGS.injectFault) && trustedDir !== undefined) {
    throw new InputError(
      "Cannot use --inject-fault: its trial must be trained, found --trust-cache, which has trials that were",
    );
  }
  const training = readTraining(line);
  const sample = line.get(FLAGS.checkSample);
  const minutes = line.get(FLAGS.maxMinutes);
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
    sample: sample === undefined ? undefined : { trials: sample, seed: readSeed(line) },
    noNewTrials: minutes === undefined ? undefined : minutesSignal(minutes),
    cache: trustedDir === undefined ? undefined : await TrialCache.open(trustedDir, training),
  };
}

function readKeep(line: CommandLine, { resultsDir }: { readonly resultsDir: string }): string | undefined {
  const keep = line.get(FLAGS.keep);
  if (keep === undefined || resolve(keep) !== resolve(resultsDir)) return keep;
  throw new InputError(
    `Cannot use --keep: it must be another folder than that of the baselines, found ${keep}`,
  );
}
