import { join } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import { exists } from "../../files/exists.ts";
import { shownPath } from "../../files/file_problem.ts";
import { makeTemporaryFolder } from "../../files/make_temporary_folder.ts";
import { readIfThere } from "../../files/read_if_there.ts";
import { changesEntry } from "../../report/compare/changes_entry.ts";
import { compareResults } from "../../report/compare/compare_results.ts";
import type { Comparison } from "../../report/compare/comparison.ts";
import { resolveGate } from "../../report/compare/gate.ts";
import type { Results } from "../../report/files/parse_results.ts";
import { COMMITTED } from "../../report/files/result_files.ts";
import { checkCommitted } from "../files/git.ts";
import { withDataReason } from "../plan/explain_data.ts";
import type { LoadedExperiment } from "../plan/load_experiment.ts";
import { type Plan, planRun } from "../plan/plan_run.ts";
import { readResults } from "../results/read_results.ts";
import type { RunOutcome } from "../results/run_outcome.ts";
import { runExperiment } from "../run/run_experiment.ts";
import type { RunOptions } from "../run/run_options.ts";
import { readBaseline, type Sample } from "../check/check_experiment.ts";
import { type Difference, verifyExperiment } from "../check/verify_experiment.ts";
import { gatherResults } from "./gather_results.ts";
import type { KeptResults } from "./kept_results.ts";
import { replaceResults } from "./replace_results.ts";

/** Options of {@link acceptBaseline}. */
export interface BaselineOptions extends Omit<RunOptions, "fresh" | "shard" | "trials" | "hasReport"> {
  /** The reason in `CHANGES.md`. */
  readonly reason: string;
  /** Accepts results of an experiment file that is not committed. */
  readonly allowDirty: boolean;
  /** Accepts trials that diverge, for grids with extreme values. */
  readonly allowDiverged: boolean;
  /** Takes results that ran elsewhere instead of running. Default: the trials run here. */
  readonly kept?: KeptResults;
  /** Trials of those results that are trained again here, and must give the same bits. Default: none. */
  readonly verify?: Sample;
}

/** The accepted results, or why they were refused. */
export interface Acceptance {
  readonly outcome: RunOutcome;
  readonly accepted: boolean;
  /** The comparison with the old baseline; null if there was none. */
  readonly comparison: Comparison | null;
  /** What was trained again here with other bits; then nothing is accepted. */
  readonly differences: readonly Difference[];
  /** Where the results come from, a sentence each without its full stop; none if all trials ran here. */
  readonly origins: readonly string[];
}

/**
 * Runs trials of an experiment again, or takes results that ran elsewhere, replaces the baseline by them, and adds the
 * reason to `CHANGES.md`. With filters, the trials of other points keep the results that they have here.
 *
 * Nothing is written to the results unless every trial has succeeded. What ran elsewhere is not trusted but for its
 * journal: the files are written again from that.
 *
 * @throws {InputError} If the experiment file is not committed, the experiment or its data are invalid, or the results that
 * ran elsewhere are not whole and of this very experiment.
 */
export async function acceptBaseline(
  loaded: LoadedExperiment,
  options: BaselineOptions,
): Promise<Acceptance> {
  const { allowDirty, allowDiverged, resultsDir, kept, verify } = options;
  if (!allowDirty) await checkCommitted(loaded.file);
  const plan = await planRun(loaded, { resultsDir });
  // An invalid path is reported before the trials run.
  await exists(join(plan.folder, COMMITTED.summary.name));
  const folder = await makeTemporaryFolder({ prefix: "seedbed-baseline-" });
  try {
    const here = await planRun(loaded, { resultsDir: folder });
    const { chosen, origins } = await gatherResults(plan, { here, ...options });
    const outcome = await runExperiment(loaded, {
      ...options,
      only: undefined,
      trials: chosen,
      resultsDir: folder,
    });
    const { status, summary: { counts } } = outcome;
    const isGood = status === "complete" && counts.failed + counts.pending === 0 &&
      (counts.diverged === 0 || allowDiverged);
    const refused = { outcome, accepted: false, comparison: null, differences: [], origins };
    if (!isGood) return refused;
    if (kept !== undefined) {
      await checkKeptFiles(here, { kept, isWhole: chosen.size === plan.grid.trials.length });
    }
    const differences = await differencesHere(loaded, { ...options, resultsDir: folder });
    if (differences === null) return { ...refused, outcome: { ...outcome, status: "interrupted" } };
    if (differences.length > 0) return { ...refused, differences };
    const verified = verify === undefined ? [] : [`${verify.trials} trained again here, with the same bits`];
    const all = [...origins, ...verified];
    return { ...await replaceBaseline(plan, { outcome, options, origins: all }), differences, origins: all };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

interface Replacement {
  readonly outcome: RunOutcome;
  readonly options: BaselineOptions;
  readonly origins: readonly string[];
}

async function replaceBaseline(
  plan: Plan,
  { outcome, options: { reason }, origins }: Replacement,
): Promise<Pick<Acceptance, "outcome" | "accepted" | "comparison">> {
  const current = await readResults(outcome.folder);
  if (current === null) throw new Error(`Cannot accept results: ${outcome.folder} must hold them`);
  const comparison = await compareWithBaseline(plan, current);
  const entry = changesEntry(reason, { summary: outcome.summary, comparison, origins });
  await replaceResults(plan, { from: outcome.folder, entry });
  return { outcome: { ...outcome, folder: plan.folder }, accepted: true, comparison };
}

/** The files that programs read must be what the journal gives: otherwise one of them was changed. */
async function checkKeptFiles(
  { folder, header: { experiment } }: Plan,
  { kept, isWhole }: { readonly kept: KeptResults; readonly isWhole: boolean },
): Promise<void> {
  if (!isWhole) return;
  const there = await kept.folderOf(experiment);
  for (const { name } of [COMMITTED.trials, COMMITTED.history, COMMITTED.summary]) {
    const found = await readIfThere(join(there, name));
    if (found === null || found === await readIfThere(join(folder, name))) continue;
    throw new InputError(
      `Cannot accept results of ${experiment}: ${name} of ${
        shownPath(kept.path)
      } must be what its journal gives, ` +
        "found other bytes",
    );
  }
}

/** Trains a sample again here. Returns what has other bits, or null if it was interrupted. */
async function differencesHere(
  loaded: LoadedExperiment,
  { verify, workers, resultsDir, cacheDir, dataDir, kernels, signal }: BaselineOptions,
): Promise<readonly Difference[] | null> {
  if (verify === undefined) return [];
  const { trials: sample, seed } = verify;
  const options = { resultsDir, sample, seed, workerCounts: [workers], cacheDir, dataDir, kernels, signal };
  const passes = await verifyExperiment(loaded, options);
  for await (const { differences } of passes ?? []) return differences;
  return null;
}

async function compareWithBaseline(plan: Plan, current: Results): Promise<Comparison | null> {
  const baseline = await readBaseline(plan);
  if ("verdict" in baseline) return null;
  try {
    const { experiment, file } = plan.loaded;
    const comparison = compareResults(baseline, {
      current,
      gate: resolveGate(experiment.gate, {}, experiment),
      file,
    });
    return await withDataReason(comparison, { plan, baseline: baseline.summary });
  } catch (error) {
    // A damaged baseline is replaced without a comparison.
    if (error instanceof InputError) return null;
    throw error;
  }
}
