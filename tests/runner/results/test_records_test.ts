import { assertEquals } from "@std/assert";
import type { Winner } from "../../../lib/report/summary/summary.ts";
import { bestTrial } from "../../../lib/runner/results/test_records.ts";

Deno.test("bestTrial() is the repeat with the best validation accuracy, the first of equal ones", () => {
  const best = (...values: readonly number[]) =>
    bestTrial({ trials: ["a", "b", "c"], validationAccuracy: { values } } as unknown as Winner);
  assertEquals([best(0.1, 0.3, 0.2), best(0.3, 0.1, 0.3), best(0, 0, 0)], ["b", "a", "a"]);
});
