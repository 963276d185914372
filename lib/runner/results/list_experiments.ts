import { basename, join } from "node:path";
import { BrokenPromiseError, InputError } from "../../core/check/errors.ts";
import type { MetricName } from "../../core/facts/metric.ts";
import { fileProblem } from "../../files/file_problem.ts";
import { readIfThere } from "../../files/read_if_there.ts";
import { TrialLog } from "../../journal/trial_log.ts";
import { parseSummary } from "../../report/files/parse_summary.ts";
import { COMMITTED } from "../../report/files/result_files.ts";
import type { TestMeasurements } from "../../experiment/evaluation/evaluate_trial.ts";
import { isTested } from "../../report/summary/metric.ts";
import { summarize, testFindings, trialResult } from "../../report/summary/summarize.ts";
import type { Counts, Summary, TrialResult, Winner } from "../../report/summary/summary.ts";
import { RunawayError } from "../declare/watch_declaration.ts";
import { type ChangedFiles, readChangedFiles } from "../files/changed_files.ts";
import { HELPER_PREFIX, loadExperiment } from "../plan/load_experiment.ts";
import { readPlanJournal } from "../plan/plan_journal.ts";
import { type Plan, planRun } from "../plan/plan_run.ts";
import { standingOf } from "../search/search_standing.ts";
import { type ExperimentState, experimentState } from "./experiment_state.ts";
import { readLastRun } from "./last_run.ts";
import { summarizeLog } from "./write_report.ts";

/** An experiment file, and what is known of its experiment here; a plain JSON value. */
export interface ListedExperiment {
  readonly file: string;
  readonly name: string;
  /** Null if the experiment or its results are invalid. */
  readonly state: ExperimentState | null;
  /** The trials of its grid, by the journal or else the summary; null if it is invalid. */
  readonly counts: Counts | null;
  readonly winner: Winner | null;
  /** The metric that decides, if it is not the validation accuracy. */
  readonly select?: MetricName;
  /** What is wrong with it, or null. */
  readonly problem: string | null;
}

/** Options of {@link listExperiments}. */
export interface ListOptions {
  /** Folder of experiment files. */
  readonly experimentsDir: string;
  readonly resultsDir: string;
  /** Gives experiment files all permissions of this process. Default: false. */
  readonly isTrusted?: boolean;
}

/**
 * Lists the experiment files of a folder, ordered by name; one that is invalid, or has invalid results, is listed with
 * its problem.
 *
 * @throws {InputError} If there is no such folder, or a file exhausts the memory.
 */
export async function listExperiments(
  { experimentsDir, resultsDir, isTrusted }: ListOptions,
): Promise<readonly ListedExperiment[]> {
  const files = await experimentFiles(experimentsDir);
  // Git works while the threads of the experiment files run.
  const changed = readChangedFiles(resultsDir);
  // A failure is thrown where it is awaited.
  changed.catch(() => {});
  const listed: ListedExperiment[] = [];
  for (const file of files) {
    const name = basename(file, ".ts");
    try {
      const loaded = await loadExperiment(file, { isTrusted });
      const plan = await planRun(loaded, { resultsDir });
      listed.push({ file, name, ...await stateOf(plan, await changed), problem: null });
    } catch (error) {
      if (error instanceof RunawayError) throw error;
      if (!(error instanceof InputError || error instanceof BrokenPromiseError)) throw error;
      listed.push({ file, name, state: null, counts: null, winner: null, problem: error.message });
    }
  }
  return listed;
}

type Known = Pick<ListedExperiment, "state" | "counts" | "winner" | "select">;

async function stateOf(plan: Plan, changed: ChangedFiles | null): Promise<Known> {
  const { folder, header } = plan;
  const path = join(folder, COMMITTED.summary.name);
  const text = await readIfThere(path);
  const summary = text === null ? null : parseSummary(text, { path });
  const replay = readPlanJournal(plan);
  const { counts, winner } = replay !== null || summary === null
    ? summarizeLog(plan, replay?.log ?? new TrialLog())
    : summarizeAgain(plan, summary);
  const hasResults = replay !== null && standingOf(plan, replay.log).log.trialsWithResult().length > 0;
  const state = experimentState({
    declared: header.experimentDigest,
    ofResults: summary?.experimentDigest ?? (hasResults ? replay.header?.experimentDigest ?? null : null),
    isInGit: summary !== null && changed?.(header.experiment)?.length === 0,
    lastRun: await readLastRun(folder, { nowMs: Date.now() }),
    isWhole: counts.pending === 0,
  });
  const { select } = plan.loaded.experiment;
  return { state, counts, winner, ...select === undefined ? {} : { select } };
}

/** Returns the results of a summary for the grid as it is now. */
function summarizeAgain({ loaded, grid, dataDigest }: Plan, { trials, winner }: Summary): Summary {
  const known = new Map(trials.map((result) => [result.trial, result]));
  return summarize(loaded.experiment, {
    grid,
    dataDigest,
    results: grid.trials.map((trial) => known.get(trial.id) ?? trialResult(trial, [])),
    ...testFindings(
      new Map(
        trials.flatMap((result) => isTested(result) ? [[result.trial, testsOf(result)]] : []),
      ),
    ),
    ensembleOf: (ids) =>
      winner?.ensemble !== undefined && winner.trials.join() === ids.join() ? testsOf(winner.ensemble) : null,
  });
}

function testsOf(
  { testAccuracy, testMetrics }: Pick<TrialResult, "testAccuracy" | "testMetrics">,
): TestMeasurements {
  return { ...testAccuracy === null ? {} : { testAccuracy }, metrics: testMetrics };
}

/** Returns the experiment files of a folder without helpers, ordered by name. */
export async function experimentFiles(folder: string): Promise<readonly string[]> {
  const files: string[] = [];
  try {
    for await (const { name, isFile } of Deno.readDir(folder)) {
      if (isFile && name.endsWith(".ts") && !name.startsWith(HELPER_PREFIX)) files.push(join(folder, name));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw fileProblem(error, { action: "read", path: folder });
    throw new InputError(`Cannot list experiments: folder not found: ${folder}`);
  }
  return files.sort();
}
