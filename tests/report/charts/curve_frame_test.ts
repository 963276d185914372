import { assertEquals } from "@std/assert";
import { bulkOf, curveFrame, nearFrame, outsideText } from "../../../lib/report/charts/curve_frame.ts";
import { epochMetrics } from "../../../lib/report/summary/metric.ts";

const [ACCURACY, , LOSS] = epochMetrics({});
const of = (...values: readonly number[]) => Float64Array.from(values);
const sorted = (...values: readonly number[]) => Float64Array.from(values).sort();

Deno.test("bulkOf() leaves out bad values that are far from the quartiles, and never good ones", () => {
  const accuracies = [0.9, 0.91, 0.92, 0.93, 0.94];
  assertEquals(bulkOf(sorted(...accuracies, 0.1), { metric: ACCURACY }), [0.9, 0.94]);
  assertEquals(bulkOf(sorted(0.1, 0.1, 0.1, 0.1, 0.1, 0.97), { metric: ACCURACY }), [0.1, 0.97]);
  assertEquals(bulkOf(sorted(0.3, 0.5, 0.7, 0.9), { metric: ACCURACY }), [0.3, 0.9]);
  assertEquals(bulkOf(sorted(0.1, 0.2, 0.4, 0.8, 1e9), { metric: LOSS }), [0.1, 0.8]);
  // A loss that falls by the same factor in each epoch has no outliers.
  assertEquals(bulkOf(sorted(2, 0.2, 0.02, 0.002), { metric: LOSS }), [0.002, 2]);
});

Deno.test("curveFrame() leaves out epoch 0, and has round ends", () => {
  assertEquals(curveFrame([of(0.1, 0.85, 0.93), of(0.1, 0.87, 0.97)], { metric: ACCURACY }), {
    low: 0.84,
    high: 0.98,
    isLog: false,
  });
  assertEquals(curveFrame([of(NaN, 0.5, 0.31)], { metric: LOSS }), { low: 0, high: 0.5, isLog: false });
  assertEquals(curveFrame([of(NaN, 2, 0.01)], { metric: LOSS }), { low: 0.01, high: 2, isLog: true });
});

Deno.test("curveFrame() has a height when there is one value, none, or nothing after epoch 0", () => {
  assertEquals(curveFrame([], { metric: LOSS }), { low: 0, high: 1, isLog: false });
  assertEquals(curveFrame([of(NaN, 0)], { metric: LOSS }), { low: 0, high: 1, isLog: false });
  assertEquals(curveFrame([of(0.5)], { metric: ACCURACY }), { low: 0.5, high: 0.52, isLog: false });
  assertEquals(curveFrame([of(0.1, 1)], { metric: ACCURACY }), { low: 1, high: 1, isLog: false });
});

Deno.test("nearFrame() keeps values that are inside or near, and brings the others close", () => {
  const linear = { low: 0, high: 1, isLog: false };
  assertEquals(of(NaN, 0.5, 2, 1e300, -1e300).map(nearFrame(linear)), of(NaN, 0.5, 2, 4, -3));
  assertEquals(of(0.5, 1e300, 0).map(nearFrame({ low: 0.1, high: 1, isLog: true })), of(0.5, 1000, 0.0001));
});

const OUTSIDE = [
  [[[0.5, 0.9], [NaN, 1]], ""],
  [[[0.1, 0.9]], " Outside of the frame: epoch 0 of 1 trial."],
  [[[0.5, 0.9, 0.2, 0.2], [0.9, 0.1, 0.6]], " Outside of the frame: later values of 2 trials."],
  [[[0.1, 0.9], [0.1, 0.1]], " Outside of the frame: epoch 0 of 2 trials and later values of 1 trial."],
] as const;

for (const [curves, text] of OUTSIDE) {
  Deno.test(`outsideText() is "${text}" when the curves are ${JSON.stringify(curves)}`, () => {
    assertEquals(outsideText(curves.map((curve) => of(...curve)), { low: 0.5, high: 1, isLog: false }), text);
  });
}
