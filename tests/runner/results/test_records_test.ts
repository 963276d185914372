import { assertEquals } from "@std/assert";
import type { Winner } from "../../../lib/report/summary/summary.ts";
import { bestTrial } from "../../../lib/runner/results/test_records.ts";

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
