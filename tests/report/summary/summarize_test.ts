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
  assertEquals(winner?.validationAccuracy.mean, 0.625);
  assertEquals(winner?.validationAccuracy.standardDeviation, Math.sqrt(2 * 0.125 * 0.125));
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
