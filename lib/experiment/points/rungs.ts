import { type Bracket, bracketsOf, keptOf, type Search } from "../declaration/search.ts";

/** The progress of a trial towards an epoch at which points are compared. */
export type TrialProgress =
  /** It has all epochs up to that one, or ended before it by patience; with its best value so far, higher is better. */
  | { readonly state: "reached"; readonly value: number }
  /** It diverged before or at that epoch, or failed: its point does not go on. */
  | { readonly state: "lost" }
  /** It must run to that epoch. */
  | { readonly state: "due" };

/** A point of a search: its trials, one for each repeat. */
export type SearchPoint = readonly string[];

/** Options of {@link decideRungs}. */
export interface RungsOptions {
  readonly search: Search;
  readonly progressOf: (trial: string, epoch: number) => TrialProgress;
}

/** A trial that must run, and the epoch to which; from the last rung it runs to its end. */
export interface DueTrial {
  readonly trial: string;
  readonly until: number;
}

/** What has become of the points of a search. */
export interface Rungs {
  /** By trial, the epoch after which it does not go on. */
  readonly stops: ReadonlyMap<string, number>;
  /** The trials that must run before the next decision, in grid order within a bracket. */
  readonly due: readonly DueTrial[];
  /** The trials that wait for a decision, or for their run. */
  readonly open: ReadonlySet<string>;
  /** In the order of the brackets. */
  readonly undecided: readonly UndecidedRung[];
  /** The rungs of each bracket that have begun: how many points came to them. */
  readonly brackets: readonly BracketState[];
}

/** A rung that is not decided, since a trial has not reached it; never the last of a bracket, after which nothing is. */
export interface UndecidedRung {
  readonly until: number;
  readonly points: readonly SearchPoint[];
  /** How many of them will go on, at most. */
  readonly kept: number;
}

/** The rungs of a bracket. */
export interface BracketState {
  readonly epochs: readonly number[];
  /** The number of points that came to each rung; shorter than `epochs` while a rung is not decided. */
  readonly points: readonly number[];
}

/**
 * Decides which points of a search go on. It is a function of the results alone: which trial ended first has no
 * effect. A rung is decided once every trial of its points has reached it or is lost.
 */
export function decideRungs(points: readonly SearchPoint[], { search, progressOf }: RungsOptions): Rungs {
  const stops = new Map<string, number>();
  const due: DueTrial[] = [];
  const open = new Set<string>();
  const undecided: UndecidedRung[] = [];
  const brackets = bracketsOf(search);
  const dealt = dealPoints(points, brackets);
  const states = brackets.map(({ epochs }, index): BracketState => {
    const counts: number[] = [];
    let alive = dealt[index];
    for (const [rung, until] of epochs.entries()) {
      counts.push(alive.length);
      const progress = alive.map((point) => point.map((trial) => progressOf(trial, until)));
      const missing = alive.flatMap((point, at) =>
        point.filter((_, repeat) => progress[at][repeat].state === "due")
      );
      if (missing.length > 0) {
        for (const trial of missing) due.push({ trial, until });
        for (const trial of alive.flat()) open.add(trial);
        const isLast = rung === epochs.length - 1;
        if (!isLast) undecided.push({ until, points: alive, kept: keptOf(alive.length, search) });
        break;
      }
      if (rung === epochs.length - 1) break;
      const going = bestPoints(progress, { count: keptOf(alive.length, search) });
      for (const [at, point] of alive.entries()) {
        if (!going.has(at)) { for (const trial of point) stops.set(trial, until); }
      }
      alive = alive.filter((_, at) => going.has(at));
    }
    return { epochs, points: counts };
  });
  return { stops, due, open, undecided, brackets: states };
}

/** Returns how many points come to each rung of each bracket if none is lost. */
export function plannedBrackets(points: number, search: Search): readonly BracketState[] {
  const brackets = bracketsOf(search);
  const dealt = dealPoints(Array.from({ length: points }, () => []), brackets);
  return brackets.map(({ epochs }, index) => {
    const counts: number[] = [];
    let alive = dealt[index].length;
    for (const _ of epochs) {
      counts.push(alive);
      alive = alive === 0 ? 0 : keptOf(alive, search);
    }
    return { epochs, points: counts };
  });
}

/** Deals points to brackets in grid order, each to the bracket that lacks most of its share; ties to the first. */
function dealPoints(
  points: readonly SearchPoint[],
  brackets: readonly Bracket[],
): readonly (readonly SearchPoint[])[] {
  const total = brackets.reduce((sum, { share }) => sum + share, 0);
  const dealt = brackets.map((): SearchPoint[] => []);
  for (const [index, point] of points.entries()) {
    let next = 0;
    let most = -Infinity;
    for (const [at, { share }] of brackets.entries()) {
      const lack = share * (index + 1) - dealt[at].length * total;
      if (lack > most) [next, most] = [at, lack];
    }
    dealt[next].push(point);
  }
  return dealt;
}

/** Returns the indices of the points with the best means, ties by their order; points with a lost trial are not among them. */
function bestPoints(
  progress: readonly (readonly TrialProgress[])[],
  { count }: { readonly count: number },
): ReadonlySet<number> {
  const scores = progress.flatMap((trials, at) => {
    let sum = 0;
    for (const trial of trials) {
      if (trial.state !== "reached") return [];
      sum += trial.value;
    }
    return [{ at, mean: sum / trials.length }];
  });
  const ranked = scores.sort((left, right) => right.mean - left.mean || left.at - right.at);
  return new Set(ranked.slice(0, count).map(({ at }) => at));
}
