import { basename, join } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import { listed } from "../../core/text/listed.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import { readFolder } from "../../files/read_folder.ts";
import { writeFileWhole } from "../../files/write_file_whole.ts";
import { encodeRecord } from "../../journal/journal_record.ts";
import { readJournal } from "../../journal/read_journal.ts";
import type { TrialLog } from "../../journal/trial_log.ts";
import { LOCAL } from "../../report/files/result_files.ts";
import { hasResult } from "../../report/summary/trial_status.ts";
import { type AxisFilter, chooseTrials } from "../plan/choose_trials.ts";
import { epochsOfPlan } from "../plan/plan_journal.ts";
import type { Plan } from "../plan/plan_run.ts";
import { standingOf } from "../search/search_standing.ts";
import { readResults } from "../results/read_results.ts";
import { checkKeptJournal } from "./check_kept_journal.ts";
import { committedLines, journalLines } from "./journal_lines.ts";
import type { KeptResults } from "./kept_results.ts";

/** Options of {@link gatherResults}. */
export interface GatherOptions {
  /** The plan of the temporary folder that the results come together in. */
  readonly here: Plan;
  /** The points whose results are accepted. Default: all. */
  readonly only?: readonly AxisFilter[];
  /** Results that ran elsewhere. Default: none. */
  readonly kept?: KeptResults;
}

/** What is known before anything runs. */
export interface Gathered {
  /** Ids of the trials that are accepted, and run unless they ran elsewhere. */
  readonly chosen: ReadonlySet<string>;
  readonly origins: readonly string[];
}

/**
 * Writes the journal of what is known before anything runs: the results of other points, which stay, and those that ran
 * elsewhere.
 *
 * @throws {InputError} If one of them is not whole, or not of this very experiment.
 */
export async function gatherResults(
  plan: Plan,
  { here, only = [], kept }: GatherOptions,
): Promise<Gathered> {
  const { grid, loaded: { experiment } } = plan;
  const trials = chooseTrials(grid, { only, experiment });
  const chosen = new Set(trials.map(({ id }) => id));
  const others = grid.trials.filter(({ id }) => !chosen.has(id));
  const lines = others.length === 0 ? [] : [await linesHere(plan, others)];
  const origins = others.length === 0
    ? []
    : [`${chosen.size} of ${grid.trials.length} trials: ${
      only.map(({ axis, value }) => `${axis}=${value}`).join(", ")
    }`];
  if (kept !== undefined) {
    const folder = await kept.folderOf(experiment.name);
    await checkKeptJournal(plan, { folder, trials });
    lines.push(journalLines(await Deno.readTextFile(join(folder, LOCAL.journal.name)), { trials: chosen }));
    await copyWeights(join(folder, LOCAL.weights.name), join(here.folder, LOCAL.weights.name));
    origins.push(`accepted from ${basename(kept.path)}`);
  }
  if (lines.length > 0) await writeFileWhole(here.journalPath, encodeRecord(plan.header) + lines.join(""));
  return { chosen, origins };
}

function hasResults(
  plan: Plan,
  { log, trials }: { readonly log: TrialLog; readonly trials: readonly Trial[] },
): boolean {
  const standing = standingOf(plan, log);
  return trials.every(({ id }) => standing.log.hasResult(id));
}

/** Returns the journal's lines of trials that keep the results that they have here. */
async function linesHere(plan: Plan, trials: readonly Trial[]): Promise<string> {
  const ids = new Set(trials.map(({ id }) => id));
  const replay = readJournal(plan.journalPath, { epochsOf: epochsOfPlan(plan) });
  if (replay !== null && hasResults(plan, { log: replay.log, trials })) {
    return journalLines(await Deno.readTextFile(plan.journalPath), { trials: ids });
  }
  const results = await readResults(plan.folder);
  const known = new Set(
    results?.summary.trials.filter(({ status }) => hasResult(status)).map(({ trial }) => trial),
  );
  const missing = trials.filter(({ id }) => !known.has(id));
  const lines = results === null || missing.length > 0 ? null : committedLines(results, { trials });
  if (lines !== null) return lines;
  const found = missing.length === 0
    ? "one that diverged on the test split, and no journal"
    : `none of ${missing.length} (${listed(missing, { most: 3, show: ({ id }) => id })})`;
  throw new InputError(
    `Cannot accept a part of ${plan.header.experiment}: the ${trials.length} trials that --only leaves out must have a ` +
      `result here, found ${found}; baseline without --only runs all`,
  );
}

/** Weights are used only if they have the digest that the journal names. */
async function copyWeights(from: string, to: string): Promise<void> {
  for await (const { name, isFile } of readFolder(from)) {
    if (isFile) await writeFileWhole(join(to, name), await Deno.readFile(join(from, name)));
  }
}
