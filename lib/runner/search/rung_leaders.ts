import type { UndecidedRung } from "../../experiment/points/rungs.ts";

/** A point that has reached a rung. */
interface Reached {
  /** Its index in the rung. */
  readonly index: number;
  readonly mean: number;
}

/** A point of which not all trials have reached a rung. */
interface Partial {
  readonly index: number;
  readonly trials: readonly string[];
  readonly values: Map<string, number>;
}

/**
 * The points that may still go on from rungs that are not decided: of the points that have reached one, as many of the best
 * as will go on. The checkpoints of the others are not needed.
 */
export class RungLeaders {
  readonly #rungs: readonly { readonly rung: UndecidedRung; readonly leaders: Reached[] }[];
  readonly #points = new Map<string, { readonly rung: number; readonly point: Partial }>();

  constructor(rungs: readonly UndecidedRung[]) {
    this.#rungs = rungs.map((rung) => ({ rung, leaders: [] }));
    for (const [number, { points }] of rungs.entries()) {
      for (const [index, trials] of points.entries()) {
        const point: Partial = { index, trials, values: new Map() };
        for (const trial of trials) this.#points.set(trial, { rung: number, point });
      }
    }
  }

  /**
   * Records the value with which a trial has reached its rung, higher is better.
   *
   * @returns The trials that can no longer go on: those of its own point, or of one that was a leader so far.
   */
  reach(trial: string, value: number): readonly string[] {
    const found = this.#points.get(trial);
    if (found === undefined) return [];
    const { point: { index, trials, values } } = found;
    values.set(trial, value);
    if (values.size < trials.length) return [];
    const { rung: { points, kept }, leaders } = this.#rungs[found.rung];
    // The order of the sum is that of the decision.
    const mean = trials.reduce((sum, id) => sum + values.get(id)!, 0) / trials.length;
    leaders.splice(placeOf({ index, mean }, leaders), 0, { index, mean });
    const last = leaders.length > kept ? leaders.pop() : undefined;
    return last === undefined ? [] : points[last.index];
  }
}

/** Returns the place of a point among the leaders, best first, ties by grid order. */
function placeOf({ index, mean }: Reached, leaders: readonly Reached[]): number {
  let [low, high] = [0, leaders.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = leaders[middle];
    const isBehind = other.mean > mean || (other.mean === mean && other.index < index);
    if (isBehind) low = middle + 1;
    else high = middle;
  }
  return low;
}
