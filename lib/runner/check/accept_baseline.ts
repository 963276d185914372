import { join } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import { exists } from "../../files/exists.ts";
import { usingFile } from "../../files/file_problem.ts";
import { makeTemporaryFolder } from "../../files/make_temporary_folder.ts";
import { readFolder } from "../../files/read_folder.ts";
import { readIfThere } from "../../files/read_if_there.ts";
import { removeIfThere } from "../../files/remove_if_there.ts";
import { writeFileWhole } from "../../files/write_file_whole.ts";
import { setJournalAside } from "../../journal/set_journal_aside.ts";
import { changesEntry } from "../../report/compare/changes_entry.ts";
import { compareResults } from "../../report/compare/compare_results.ts";
import type { Comparison } from "../../report/compare/comparison.ts";
import { resolveGate } from "../../report/compare/gate.ts";
import { isOptionalFile } from "../../report/files/is_optional_file.ts";
import type { Results } from "../../report/files/parse_results.ts";
import { COMMITTED, LOCAL } from "../../report/files/result_files.ts";
import { checkCommitted } from "../files/git.ts";
import { withDataReason } from "../plan/explain_data.ts";
import type { LoadedExperiment } from "../plan/load_experiment.ts";
import { type Plan, planRun } from "../plan/plan_run.ts";
import { readResults } from "../results/read_results.ts";
import type { RunOutcome } from "../results/run_outcome.ts";
import { runExperiment } from "../run/run_experiment.ts";
import type { RunOptions } from "../run/run_options.ts";
import { readBaseline } from "./check_experiment.ts";

/** Options of {@link acceptBaseline}. */
export interface BaselineOptions extends Omit<RunOptions, "only" | "fresh" | "shard"> {
  /** The reason in `CHANGES.md`. */
  readonly reason: string;
  /** Accepts results of an experiment file that is not committed. */
  readonly allowDirty: boolean;
  /** Accepts trials that diverge, for grids with extreme values. */
  readonly allowDiverged: boolean;
}

/** The accepted results, or why they were refused. */
export interface Acceptance {
  readonly outcome: RunOutcome;
  readonly accepted: boolean;
  /** The comparison with the old baseline; null if there was none. */
  readonly comparison: Comparison | null;
}

const FOLDERS_OF_A_RUN = [LOCAL.weights.name];

/**
 * Runs every trial of an experiment again, replaces its baseline by the results, and adds the reason to `CHANGES.md`.
 *
 * Nothing is written to the results unless every trial has succeeded.
 *
 * @throws {InputError} If the experiment file is not committed, or the experiment or its data are invalid.
 */
export async function acceptBaseline(
  loaded: LoadedExperiment,
  options: BaselineOptions,
): Promise<Acceptance> {
  const { reason, allowDirty, allowDiverged, resultsDir } = options;
  if (!allowDirty) await checkCommitted(loaded.file);
  const plan = await planRun(loaded, { resultsDir });
  // An invalid path is reported before the trials run.
  await exists(join(plan.folder, COMMITTED.summary.name));
  const folder = await makeTemporaryFolder({ prefix: "seedbed-baseline-" });
  try {
    const outcome = await runExperiment(loaded, { ...options, resultsDir: folder });
    const { status, summary: { counts } } = outcome;
    const isGood = status === "complete" && counts.failed + counts.pending === 0 &&
      (counts.diverged === 0 || allowDiverged);
    if (!isGood) return { outcome, accepted: false, comparison: null };
    const current = await readResults(outcome.folder);
    if (current === null) {
      throw new Error(`Cannot accept results: ${outcome.folder} must hold them`);
    }
    const comparison = await compareWithBaseline(plan, current);
    const entry = changesEntry(reason, { summary: outcome.summary, comparison });
    await replaceResults(plan, { from: outcome.folder, entry });
    return { outcome: { ...outcome, folder: plan.folder }, accepted: true, comparison };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function compareWithBaseline(plan: Plan, current: Results): Promise<Comparison | null> {
  const baseline = await readBaseline(plan);
  if ("verdict" in baseline) return null;
  try {
    const { experiment, file } = plan.loaded;
    const comparison = compareResults(baseline, { current, gate: resolveGate(experiment.gate), file });
    return await withDataReason(comparison, { plan, baseline: baseline.summary });
  } catch (error) {
    // A damaged baseline is replaced without a comparison.
    if (error instanceof InputError) return null;
    throw error;
  }
}

/** Moves a run's files, including the journal: an old journal would restore the old bits. */
async function replaceResults(
  { folder, journalPath, loaded }: Plan,
  { from, entry }: { readonly from: string; readonly entry: string },
): Promise<void> {
  await usingFile({ action: "write", path: folder }, () => Deno.mkdir(folder, { recursive: true }));
  setJournalAside(journalPath);
  for (const name of FOLDERS_OF_A_RUN) await removeIfThere(join(folder, name));
  // A grid with fewer axes has fewer pictures, so that old ones may remain.
  for await (const { name } of readFolder(folder)) {
    if (isOptionalFile(name)) await removeIfThere(join(folder, name));
  }
  await copyInto(from, folder);
  const path = join(folder, COMMITTED.changes.name);
  const before = await readIfThere(path) ?? `# Why the results of ${loaded.experiment.name} changed\n`;
  await writeFileWhole(path, `${before}\n${entry}`);
}

async function copyInto(from: string, to: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) await copyInto(join(from, name), join(to, name));
    else if (!name.endsWith(".lock")) {
      await writeFileWhole(join(to, name), await Deno.readFile(join(from, name)));
    }
  }
}
