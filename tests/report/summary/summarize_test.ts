import { assertEquals } from "@std/assert";
import type { TrialEvent } from "../../../lib/experiment/trial/trial_event.ts";
import { doneEvents, fakeExperiment, fakeGrid } from "../fakes.ts";
import { summarizeEvents } from "../summarize_events.ts";

function summaryOf(
  events: readonly TrialEvent[],
  { repeats = 1, tests = {} }: { readonly repeats?: number; readonly tests?: Record<string, number> } = {},
) {
  const experiment = fakeExperiment({ repeats });
  const grid = fakeGrid(experiment);
  return summarizeEvents(experiment, {
    grid,
    dataDigest: "d",
    events,
    testAccuracies: new Map(Object.entries(tests)),
  });
}

const failed: TrialEvent = { type: "failed", trial: "0.3-0", reason: "out of memory" };
const diverged: TrialEvent = { type: "diverged", trial: "0.2-0", epoch: 1, reason: "loss is NaN" };

Deno.test("summarize() takes the point with the best validation accuracy when all are done", () => {
  const { winner } = summaryOf([
    ...doneEvents("0.1-0", 0.5),
    ...doneEvents("0.2-0", 0.75),
    ...doneEvents("0.3-0", 0.25),
  ], { tests: { "0.1-0": 1, "0.2-0": 0.5 } });
  assertEquals(winner?.point, { rate: 0.2 });
  assertEquals(winner?.testAccuracy, { mean: 0.5, standardDeviation: null, values: [0.5] });
});

Deno.test("summarize() takes the first point of the grid when means are equal, whatever ended first", () => {
  const { winner } = summaryOf([
    ...doneEvents("0.3-0", 0.75),
    ...doneEvents("0.2-0", 0.75),
    ...doneEvents("0.1-0", 0.5),
  ]);
  assertEquals(winner?.point, { rate: 0.2 });
});

Deno.test("summarize() passes a better point over when one of its repeats is missing", () => {
  const { winner, points } = summaryOf([
    ...doneEvents("0.1-0", 0.5),
    ...doneEvents("0.1-1", 0.75),
    ...doneEvents("0.2-0", 1),
  ], { repeats: 2 });
  assertEquals(winner?.point, { rate: 0.1 });
  assertEquals(winner?.validationAccuracy?.mean, 0.625);
  assertEquals(winner?.validationAccuracy?.standardDeviation, Math.sqrt(2 * 0.125 * 0.125));
  assertEquals(points.map(({ done }) => done), [2, 1, 0]);
});

Deno.test("summarize() keeps the test accuracy back when a trial is pending", () => {
  const { winner, trials } = summaryOf(doneEvents("0.1-0", 0.5), { tests: { "0.1-0": 0.5 } });
  assertEquals(winner?.testAccuracy, null);
  assertEquals(trials.map(({ testAccuracy }) => testAccuracy), [null, null, null]);
});

Deno.test("summarize() gives the test accuracy of the winner alone when every trial has ended", () => {
  const { trials, counts } = summaryOf([...doneEvents("0.1-0", 0.5), diverged, failed], {
    tests: { "0.1-0": 0.25, "0.2-0": 1 },
  });
  assertEquals(trials.map(({ testAccuracy }) => testAccuracy), [0.25, null, null]);
  assertEquals(trials.map(({ status, reason }) => [status, reason]), [
    ["done", null],
    ["diverged", "loss is NaN"],
    ["failed", "out of memory"],
  ]);
  assertEquals(counts, { points: 3, trials: 3, done: 1, diverged: 1, failed: 1, pending: 0 });
});

Deno.test("summarize() has no winner when nothing is done", () => {
  assertEquals(summaryOf([diverged, failed]).winner, null);
});

Deno.test("summarize() gives the same value when events come in another order", () => {
  const events = [...doneEvents("0.1-0", 0.5), ...doneEvents("0.2-0", 0.75), failed];
  assertEquals(summaryOf(events), summaryOf(events.toReversed()));
});

Deno.test("summarize() takes a point with folds when each of its repeats and folds is done, and tests a repeat once", () => {
  const experiment = fakeExperiment({ repeats: 2, grid: { rate: [0.1, 0.2] } });
  const folded = { ...experiment, data: { ...experiment.data, folds: 2 } };
  const grid = fakeGrid(folded);
  const done = [
    ...["0.1-0-0", "0.1-0-1", "0.1-1-0", "0.1-1-1"].flatMap((id, run) => doneEvents(id, run / 4)),
    ...["0.2-0-0", "0.2-0-1", "0.2-1-0"].flatMap((id) => doneEvents(id, 1)),
    { type: "failed", trial: "0.2-1-1", reason: "out of memory" } as const,
  ];
  const findings = { grid, dataDigest: "d", events: done };
  const testAccuracies = new Map([["0.1-0-0", 0.5], ["0.1-1-0", 0.75]]);
  const { format, winner, points, trials } = summarizeEvents(folded, { ...findings, testAccuracies });
  assertEquals([format, points.map(({ done }) => done)], [2, [4, 3]]);
  assertEquals(winner?.point, { rate: 0.1 });
  assertEquals(winner?.trials, ["0.1-0-0", "0.1-0-1", "0.1-1-0", "0.1-1-1"]);
  assertEquals([winner?.validationAccuracy?.values, winner?.validationAccuracy?.folds], [
    [0, 0.25, 0.5, 0.75],
    2,
  ]);
  assertEquals(winner?.testAccuracy?.values, [0.5, 0.75]);
  assertEquals(trials.slice(0, 4).map(({ repeat, fold, testAccuracy }) => [repeat, fold, testAccuracy]), [
    [0, 0, 0.5],
    [0, 1, null],
    [1, 0, 0.75],
    [1, 1, null],
  ]);
  const half = summarizeEvents(folded, { ...findings, testAccuracies: new Map([["0.1-0-0", 0.5]]) });
  assertEquals(half.winner?.testAccuracy, null);
});
