import { InputError } from "../../core/check/errors.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { Results } from "../../report/files/parse_results.ts";
import { placeKey, pointKey } from "../../report/summary/rank_points.ts";
import { changedPlaces, tryingOrder } from "./bisect_change.ts";
import type { BisectContext } from "./bisect_context.ts";
import type { Unrunnable } from "./bisect_runs.ts";
import type { BisectWorktree } from "./bisect_worktree.ts";

/** The trial that shows a change, and its results at both ends. */
export interface Choice {
  readonly trial: Trial;
  readonly good: Results;
  readonly bad: Results;
  /** Whether nothing but the point of the trial ran, up to its repeat. */
  readonly isAlone: boolean;
  /** How long the run at the bad end took. */
  readonly runMs: number;
}

/** Both ends are the same in every trial. */
export interface NoChoice {
  readonly compared: number;
  /** Trials whose committed results differ all the same. */
  readonly committedOnly: number;
}

// Then the whole grid runs, which uses all workers.
const MOST_TRIED_ALONE = 4;

/**
 * Finds the trial that shows fastest that something changed: it runs trials at both ends until one differs.
 *
 * @throws {InputError} If the experiment does not run at an end, or the ends have no trial in common.
 */
export async function chooseTrial(context: BisectContext): Promise<Choice | NoChoice> {
  const { folders: { before, after } } = context;
  const old = new Map(
    (await planAt(before, { context, flag: "good" })).map((trial) => [placeKey(trial), trial.id]),
  );
  const trials = (await planAt(after, { context, flag: "bad" })).filter((trial) => old.has(placeKey(trial)));
  if (trials.length === 0) {
    throw new InputError(
      `Cannot bisect: --good and --bad must have a trial in common, of the same point and repeat of the grid of ` +
        context.range.named,
    );
  }
  const committed = await committedChanges(context);
  // Other settings have other bits; the code alone may keep them.
  const expected = new Set(
    trials.filter(({ id, ...place }) => old.get(placeKey(place)) !== id).map(placeKey),
  ).union(committed);
  const ordered = tryingOrder(trials, { expected });
  const alone = await tryAlone(ordered, context);
  if ("trial" in alone) return alone;
  const committedOnly = trials.filter((trial) => committed.has(placeKey(trial))).length;
  const none = { compared: trials.length, committedOnly };
  return alone.compared === trials.length ? none : await tryAll(ordered, context) ?? none;
}

/** Returns the trials whose committed results differ, if both ends have some. */
async function committedChanges(
  { folders: { before, after }, runs, what }: BisectContext,
): Promise<ReadonlySet<string>> {
  const [old, now] = [await runs.committed(before), await runs.committed(after)];
  return old === null || now === null ? new Set() : changedPlaces([old, now], what);
}

interface End {
  readonly context: BisectContext;
  readonly flag: "good" | "bad";
}

async function planAt(worktree: BisectWorktree, end: End): Promise<readonly Trial[]> {
  return whereItRuns(await end.context.runs.plan(worktree), end);
}

function whereItRuns<T extends object>(answer: T | Unrunnable, { context: { range }, flag }: End): T {
  if (!("reason" in answer)) return answer;
  throw new InputError(
    `Cannot bisect: ${range.named} must run at --${flag} ${
      range[flag].commit.slice(0, 12)
    }, found ${answer.reason}`,
  );
}

/** Tries the first points alone; returns how many trials were compared if none differs. */
async function tryAlone(
  trials: readonly Trial[],
  context: BisectContext,
): Promise<Choice | Pick<NoChoice, "compared">> {
  const { folders: { before, after }, runs, what, clock, observe } = context;
  const points = new Map<string, Trial>();
  for (const trial of trials) {
    if (points.size === MOST_TRIED_ALONE) break;
    if (!points.has(pointKey(trial.point))) points.set(pointKey(trial.point), trial);
  }
  let compared = 0;
  for (const trial of points.values()) {
    observe({ type: "comparing", place: trial });
    const good = await runs.run(before, { place: trial });
    const start = clock();
    const bad = "reason" in good ? good : await runs.run(after, { place: trial });
    if ("reason" in good || "reason" in bad) continue;
    const choice = pick(trials, [good, bad], what);
    if (choice === null) {
      compared += (trial.repeat + 1) * (trial.data.folds ?? 1);
      continue;
    }
    return { ...choice, isAlone: choice.trial.repeat === trial.repeat, runMs: clock() - start };
  }
  return { compared };
}

/** Runs the whole grid at both ends. */
async function tryAll(trials: readonly Trial[], context: BisectContext): Promise<Choice | null> {
  const { folders: { before, after }, runs, what, clock, observe } = context;
  observe({ type: "comparing", place: null });
  const good = whereItRuns(await runs.run(before, { place: null }), { context, flag: "good" });
  const start = clock();
  const bad = whereItRuns(await runs.run(after, { place: null }), { context, flag: "bad" });
  const choice = pick(trials, [good, bad], what);
  return choice === null ? null : { ...choice, isAlone: false, runMs: (clock() - start) / trials.length };
}

function pick(
  trials: readonly Trial[],
  [good, bad]: readonly [Results, Results],
  what: BisectContext["what"],
): Pick<Choice, "trial" | "good" | "bad"> | null {
  const changed = changedPlaces([good, bad], what);
  const [trial] = tryingOrder(trials.filter((trial) => changed.has(placeKey(trial))), {
    expected: new Set(),
  });
  return trial === undefined ? null : { trial, good, bad };
}
