import type { MetricName } from "../../../lib/core/facts/metric.ts";
import { assertEquals } from "@std/assert";
import {
  bestFirst,
  leadingPoint,
  pointResults,
  rankPoints,
  trialsByPoint,
} from "../../../lib/report/summary/rank_points.ts";
import { fakeExperiment, fakeGrid } from "../fakes.ts";

const RUNS = { repeats: 2, data: fakeExperiment().data };

const GRID = fakeGrid(fakeExperiment({ grid: { rate: [1, 2, 3, 4] }, repeats: 2 }));

/** Returns the results of points from the accuracies of their repeats, null for one that is not done. */
function resultsOf(
  accuracies: Readonly<Record<string, number | null>>,
  metrics: readonly MetricName[] = [],
) {
  const results = Object.entries(accuracies).map(([trial, accuracy]) =>
    [
      trial,
      {
        status: accuracy === null ? "pending" : "done",
        bestValidationAccuracy: accuracy,
        ...accuracy === null ? {} : { bestMetrics: { validationLoss: 2 * accuracy } },
      } as const,
    ] as const
  );
  return pointResults(trialsByPoint(GRID), { results: new Map(results), metrics });
}

const rates = (points: ReturnType<typeof resultsOf>) => points.map(({ point }) => point.rate);

Deno.test("trialsByPoint() has points in grid order and repeats in theirs", () => {
  assertEquals(trialsByPoint(GRID).map((trials) => trials.map(({ id }) => id)), [
    ["1-0", "1-1"],
    ["2-0", "2-1"],
    ["3-0", "3-1"],
    ["4-0", "4-1"],
  ]);
});

Deno.test("pointResults() takes the repeats that are done together", () => {
  assertEquals(resultsOf({ "1-0": 0.5, "1-1": 1, "2-1": 0.25 }).slice(0, 3), [
    {
      point: { rate: 1 },
      done: 2,
      validationAccuracy: { mean: 0.75, standardDeviation: Math.sqrt(0.125), values: [0.5, 1] },
    },
    {
      point: { rate: 2 },
      done: 1,
      validationAccuracy: { mean: 0.25, standardDeviation: null, values: [0.25] },
    },
    { point: { rate: 3 }, done: 0, validationAccuracy: null },
  ]);
});

Deno.test("rankPoints() puts whole points before partial ones, each best first, ties in grid order", () => {
  const points = resultsOf({ "1-0": 0.5, "1-1": 0.5, "2-0": 0.25, "2-1": 0.75, "3-0": 0.9, "4-0": 0.95 });
  assertEquals(rates(rankPoints(points, RUNS)), [1, 2, 4, 3]);
  const better = resultsOf({ "1-0": 0.5, "1-1": 0.5, "2-0": 0.5, "2-1": 0.75 });
  assertEquals(rates(rankPoints(better, RUNS)), [2, 1]);
});

Deno.test("leadingPoint() is the best of those whose repeats are all done, null without one", () => {
  assertEquals(leadingPoint(resultsOf({ "1-0": 0.5, "2-0": 0.9 }), RUNS), null);
  assertEquals(leadingPoint(resultsOf({}), RUNS), null);
  const points = resultsOf({ "1-0": 0.5, "1-1": 0.5, "2-0": 0.9 });
  assertEquals(leadingPoint(points, RUNS)?.point, { rate: 1 });
});

Deno.test("rankPoints() and leadingPoint() follow the metric that is selected, the lowest loss first", () => {
  const points = resultsOf({
    ...{ "1-0": 0.5, "1-1": 1, "2-0": 0.25, "2-1": 0.5, "3-0": 0.75, "3-1": 0.75, "4-0": 0.125 },
  }, ["validationLoss"]);
  assertEquals(points[0].metrics, {
    validationLoss: { mean: 1.5, standardDeviation: Math.sqrt(0.5), values: [1, 2] },
  });
  assertEquals(points[3].metrics?.validationLoss?.values, [0.25]);
  const ranking = { ...RUNS, metrics: ["validationLoss"], select: "validationLoss" } as const;
  // Equal means stay in grid order.
  assertEquals(rates(rankPoints(points, ranking)), [2, 1, 3, 4]);
  assertEquals(leadingPoint(points, ranking)?.point.rate, 2);
  assertEquals(rates(rankPoints(points, RUNS)), [1, 3, 2, 4]);
});

Deno.test("bestFirst() puts results without a value last, whatever direction is better", () => {
  const values = [null, 0.5, 0.25, null, 1];
  const sorted = (select: MetricName) => values.toSorted(bestFirst((value) => value, { select }));
  assertEquals(sorted("validationAuc"), [1, 0.5, 0.25, null, null]);
  assertEquals(sorted("validationLoss"), [0.25, 0.5, 1, null, null]);
});
