import { assert, assertEquals } from "@std/assert";
import { halving, hyperband, type Search } from "../../../lib/experiment/declaration/search.ts";
import {
  decideRungs,
  plannedBrackets,
  type Rungs,
  type SearchPoint,
  type TrialProgress,
} from "../../../lib/experiment/points/rungs.ts";

const SEARCH = halving({ epochs: [1, 3, 9], keep: 1 / 3 });

/** Decides for points of one trial each, whose value at each epoch is given; null for one that is lost. */
function decide(
  values: readonly (number | null)[],
  reached: readonly number[],
  search: Search = SEARCH,
): Rungs {
  const points = values.map((_, index): SearchPoint => [`t${index}`]);
  const progressOf = (trial: string, epoch: number): TrialProgress => {
    const index = Number(trial.slice(1));
    const value = values[index];
    if (value === null) return { state: "lost" };
    return reached[index] >= epoch ? { state: "reached", value } : { state: "due" };
  };
  return decideRungs(points, { search, progressOf });
}

const filled = (length: number, value: number) => Array.from({ length }, () => value);

Deno.test("decideRungs() lets every point train to the first rung", () => {
  const { due, stops, brackets } = decide([1, 2, 3], [0, 0, 0]);
  assertEquals(due, [{ trial: "t0", until: 1 }, { trial: "t1", until: 1 }, { trial: "t2", until: 1 }]);
  assertEquals([stops.size, brackets[0].points], [0, [3]]);
});

Deno.test("decideRungs() decides nothing while a trial of the rung is due", () => {
  const { due, stops, open } = decide([1, 2, 3], [1, 1, 0]);
  assertEquals(due, [{ trial: "t2", until: 1 }]);
  assertEquals([stops.size, [...open]], [0, ["t0", "t1", "t2"]]);
});

Deno.test("decideRungs() lets the best go on, ties by grid order, and stops the others", () => {
  const values = [0.5, 0.9, 0.9, 0.1, 0.9, 0.2, 0.9, 0.3, 0.4];
  const { due, stops, brackets } = decide(values, filled(9, 1));
  assertEquals(due, [{ trial: "t1", until: 3 }, { trial: "t2", until: 3 }, { trial: "t4", until: 3 }]);
  assertEquals([...stops], [["t0", 1], ["t3", 1], ["t5", 1], ["t6", 1], ["t7", 1], ["t8", 1]]);
  assertEquals(brackets[0].points, [9, 3]);
  const last = decide(values, values.map((value) => value === 0.9 ? 9 : 1));
  assertEquals([last.due, last.brackets[0].points], [[], [9, 3, 1]]);
  assertEquals([last.stops.get("t1"), last.stops.get("t2")], [undefined, 3]);
});

Deno.test("decideRungs() stops points with a lost trial, and keeps no more for it", () => {
  const { due, stops } = decide([null, 0.1, null, null, null, null], filled(6, 1));
  assertEquals(due, [{ trial: "t1", until: 3 }]);
  assertEquals(stops.size, 5);
  const none = decide([null, null, null], filled(3, 1));
  assertEquals([none.due.length, none.stops.size, none.brackets[0].points], [0, 3, [3, 0, 0]]);
});

Deno.test("decideRungs() compares points by the mean of their repeats", () => {
  const values: Readonly<Record<string, number>> = { a0: 1, a1: 0, b0: 0.6, b1: 0.6, c0: 0.5, c1: 0.55 };
  const points = [["a0", "a1"], ["b0", "b1"], ["c0", "c1"]];
  const progressOf = (trial: string, epoch: number): TrialProgress =>
    epoch > 1 ? { state: "due" } : { state: "reached", value: values[trial] };
  const { due } = decideRungs(points, { search: SEARCH, progressOf });
  assertEquals(due.map(({ trial }) => trial), ["b0", "b1"]);
});

Deno.test("decideRungs() deals points to brackets so that more points move none", () => {
  const search = hyperband({ epochs: [1, 3, 9], keep: 1 / 3 });
  const untilOf = (count: number) =>
    new Map(decide(filled(count, 0), filled(count, 0), search).due.map(({ trial, until }) => [trial, until]));
  const all = untilOf(170);
  for (let count = 1; count < 170; count += 13) {
    for (const [trial, until] of untilOf(count)) assertEquals(until, all.get(trial), `${trial} of ${count}`);
  }
  const shares = [1, 3, 9].map((epoch) => [...all.values()].filter((until) => until === epoch).length);
  assertEquals(shares, [90, 50, 30]);
});

Deno.test("plannedBrackets() says how many points come to each rung", () => {
  assertEquals(plannedBrackets(64, SEARCH), [{ epochs: [1, 3, 9], points: [64, 21, 7] }]);
  const search = hyperband({ epochs: [1, 3, 9], keep: 1 / 3 });
  assertEquals(plannedBrackets(17, search).map(({ points }) => points), [[9, 3, 1], [5, 1], [3]]);
  const planned = plannedBrackets(17, search);
  const run = decide(filled(17, 1), filled(17, 9), search);
  assertEquals(run.brackets, planned);
  assert(run.due.length === 0);
});
