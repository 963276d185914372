import { assertEquals } from "@std/assert";
import { calibration } from "../../lib/statistics/calibration.ts";

Deno.test("calibration() weighs each bin's distance of accuracy from probability by its rows", () => {
  const found = calibration([
    { probability: 0.75, isRight: true },
    { probability: 0.75, isRight: false },
    { probability: 1, isRight: true },
    { probability: 0.5, isRight: false },
  ])!;
  // Distances 0.25 over two rows, 0 over one, and 0.5 over one.
  assertEquals(found.expectedError, (2 * 0.25 + 0.5) / 4);
  const filled = found.bins.filter(({ rows }) => rows > 0);
  assertEquals(filled, [
    { low: 0.4, high: 0.5, rows: 1, meanProbability: 0.5, accuracy: 0 },
    { low: 0.7, high: 0.8, rows: 2, meanProbability: 0.75, accuracy: 0.5 },
    { low: 0.9, high: 1, rows: 1, meanProbability: 1, accuracy: 1 },
  ]);
});

Deno.test("calibration() puts the upper edge of a bin into it, and 0 into the first", () => {
  const found = calibration([0, 0.1, 0.2, 1].map((probability) => ({ probability, isRight: true })))!;
  assertEquals(found.bins.map(({ rows }) => rows), [2, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
});

Deno.test("calibration() is null for no rows", () => {
  assertEquals(calibration([]), null);
});
