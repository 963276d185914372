import { assertEquals } from "@std/assert";
import type { Winner } from "../../../lib/report/summary/summary.ts";
import {
  bestRepeat,
  bestTrial,
  inspectedTrial,
  repeatsOf,
} from "../../../lib/runner/results/test_records.ts";

Deno.test("bestTrial() is the best repeat by the metric that decides, the first of equal ones", () => {
  const best = (...values: readonly number[]) =>
    bestTrial({ trials: ["a", "b", "c"], validationAccuracy: { values } } as unknown as Winner, {});
  const lowest = (...values: readonly number[]) => {
    const winner = { trials: ["a", "b", "c"], metrics: { validationLoss: { values } } } as unknown as Winner;
    return bestTrial(winner, { select: "validationLoss" });
  };
  assertEquals([lowest(0.1, 0.3, 0.2), lowest(0.3, 0.1, 0.1)], ["a", "b"]);
  assertEquals([best(0.1, 0.3, 0.2), best(0.3, 0.1, 0.3), best(0, 0, 0)], ["b", "a", "a"]);
});

Deno.test("bestRepeat() is the repeat with the best mean over its folds, inspected under its first trial", () => {
  const winner = {
    trials: ["a0", "a1", "b0", "b1"],
    validationAccuracy: { values: [0.9, 0.1, 0.6, 0.6], folds: 2 },
  } as unknown as Winner;
  assertEquals([bestTrial(winner, {}), bestRepeat(winner, {}), inspectedTrial(winner, {})], ["a0", 1, "b0"]);
  assertEquals(repeatsOf(winner), [["a0", "a1"], ["b0", "b1"]]);
});
