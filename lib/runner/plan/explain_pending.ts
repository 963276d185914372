import { join } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import { readIfThere } from "../../files/read_if_there.ts";
import type { TrialLog } from "../../journal/trial_log.ts";
import type { FieldChange } from "../../report/compare/comparison.ts";
import { parseSummary } from "../../report/files/parse_summary.ts";
import { COMMITTED } from "../../report/files/result_files.ts";
import { hasResult } from "../../report/summary/trial_status.ts";
import { type EarlierOptions, type EarlierTrials, readEarlier } from "./earlier_trials.ts";
import type { Plan } from "./plan_run.ts";

/** Trials that a run will run for the same reason; a plain JSON value. */
export interface TrialGroup {
  /**
   * `changed`: a trial of the same point, repeat and fold has a result, and these fields are other ones now. `failed`: it is
   * tried again. `unfinished`: an earlier run was to run it, and did not end. `cloned`: its
   * result is here without a journal, from which alone a run resumes. `fresh`: results are not reused. `new`: none of
   * these.
   */
  readonly fate: "changed" | "failed" | "unfinished" | "cloned" | "fresh" | "new";
  /** Ids in the order of the grid, at least one. */
  readonly trials: readonly string[];
  /** Ids of the trials that these replace; empty unless `changed`. */
  readonly replaced: readonly string[];
  /** The changed fields; empty unless `changed`. */
  readonly changes: readonly GroupChange[];
  /** What no earlier trial has: values of axes, and repeats of a point. Empty unless `new`. */
  readonly news: readonly GroupNews[];
  /** Why the first of them failed; null unless `failed`. */
  readonly reason: string | null;
}

/** A field that changed for all trials of a group. */
export interface GroupChange extends FieldChange {
  /** Whether other trials of the group have other values. */
  readonly isExample: boolean;
}

/** A value of an axis that is new; the axis is null if the value is a repeat, or a repeat and its fold such as `0, fold 3`. */
export interface GroupNews {
  readonly axis: string | null;
  readonly value: Trial["point"][string];
}

/** More sets of values than these are one group, with the first as an example. */
const MOST_ALIKE = 3;

/**
 * Explains why pending trials of a plan will run, in groups with the same reason: first the changed ones, in the
 * order of the grid.
 */
export async function explainPending(
  plan: Plan,
  { pending, ...known }: EarlierOptions & { readonly pending: readonly Trial[] },
): Promise<readonly TrialGroup[]> {
  if (pending.length === 0) return [];
  const { log } = known;
  const earlier = await readEarlier(plan, known);
  const cloned = log.trialsWithResult().length === 0 ? await summarizedTrials(plan) : new Set();
  const rest = {
    failed: [] as Trial[],
    unfinished: [] as Trial[],
    cloned: [] as Trial[],
    new: [] as Trial[],
  };
  const changed: Changed[] = [];
  for (const trial of pending) {
    const before = earlier.at(trial);
    if (log.end(trial.id) !== null) rest.failed.push(trial);
    else if (before !== null) {
      changed.push({ trial, before: before.trial, changes: earlier.changes(before, trial) });
    } else if (earlier.specs.has(trial.id)) rest.unfinished.push(trial);
    else if (cloned.has(trial.id)) rest.cloned.push(trial);
    else rest.new.push(trial);
  }
  return [
    ...changedGroups(changed),
    ...groupOf("failed", rest.failed, { reason: failureOf(rest.failed, log) }),
    ...groupOf("unfinished", rest.unfinished),
    ...groupOf("cloned", rest.cloned),
    ...groupOf("new", rest.new, { news: newsOf(rest.new, earlier) }),
  ];
}

/** Returns the group of trials that run because no earlier result is reused; none if there are no trials. */
export function freshGroups(pending: readonly Trial[]): readonly TrialGroup[] {
  return groupOf("fresh", pending);
}

/** Returns the trials that have a result in the summary; none if that is damaged, which a report will replace. */
async function summarizedTrials({ folder }: Plan): Promise<ReadonlySet<string>> {
  const path = join(folder, COMMITTED.summary.name);
  try {
    const text = await readIfThere(path);
    const { trials } = text === null ? { trials: [] } : parseSummary(text, { path });
    return new Set(
      trials.filter(({ status }) => hasResult(status)).map(({ trial }) => trial),
    );
  } catch (error) {
    if (error instanceof InputError) return new Set();
    throw error;
  }
}

interface Changed {
  readonly trial: Trial;
  readonly before: string;
  readonly changes: readonly FieldChange[];
}

function changedGroups(all: readonly Changed[]): readonly TrialGroup[] {
  const sameFields = Map.groupBy(all, ({ changes }) => changes.map(({ field }) => field).join("\n"));
  return [...sameFields.values()].flatMap((alike) => {
    const sameValues = Map.groupBy(alike, ({ changes }) => JSON.stringify(changes));
    return (sameValues.size <= MOST_ALIKE ? [...sameValues.values()] : [alike]).map(changedGroup);
  });
}

function changedGroup(group: readonly Changed[]): TrialGroup {
  const { changes: first } = group[0];
  const isSame = (index: number) =>
    group.every(({ changes }) =>
      changes[index].before === first[index].before && changes[index].after === first[index].after
    );
  return {
    fate: "changed",
    trials: group.map(({ trial }) => trial.id),
    replaced: group.map(({ before }) => before),
    changes: first.map((change, index) => ({ ...change, isExample: !isSame(index) })),
    news: [],
    reason: null,
  };
}

function groupOf(
  fate: TrialGroup["fate"],
  trials: readonly Trial[],
  { news = [], reason = null }: Partial<Pick<TrialGroup, "news" | "reason">> = {},
): readonly TrialGroup[] {
  if (trials.length === 0) return [];
  return [{ fate, trials: trials.map(({ id }) => id), replaced: [], changes: [], news, reason }];
}

function failureOf([first]: readonly Trial[], log: TrialLog): string | null {
  const end = first === undefined ? null : log.end(first.id);
  return end !== null && "reason" in end ? end.reason : null;
}

/** Returns what no earlier trial has, each once, in the order of the grid. */
function newsOf(trials: readonly Trial[], earlier: EarlierTrials): readonly GroupNews[] {
  if (earlier.specs.size === 0) return [];
  const found = new Map<string, GroupNews>();
  const add = (axis: string | null, value: GroupNews["value"]) =>
    found.set(JSON.stringify([axis, value]), { axis, value });
  for (const { point, repeat, fold } of trials) {
    if (earlier.hasPoint({ point })) add(null, fold === undefined ? repeat : `${repeat}, fold ${fold}`);
    for (const [axis, value] of Object.entries(point)) {
      if (!earlier.hasValue(axis, value)) add(axis, value);
    }
  }
  return [...found.values()];
}
