import { assertEquals } from "@std/assert";
import { type CurvePoint, GrowingCurve } from "../../../lib/report/story/growing_curve.ts";

/** Values that no shorter type than float64 holds. */
function pointOf(epoch: number): CurvePoint {
  const loss = epoch === 0 ? null : 1 / (3 * epoch);
  return { epoch, loss, trainAccuracy: 0.1 + epoch / 997, validationAccuracy: 0.2 + epoch / 1009 };
}

Deno.test("GrowingCurve has the exact values of its epochs, in any order and twice", () => {
  const points = Array.from({ length: 100 }, (_, epoch) => pointOf(epoch));
  for (const added of [points, points.toReversed(), [...points, ...points]]) {
    const growing = new GrowingCurve();
    assertEquals(added.filter((point) => growing.add(point)).length, 100);
    const { loss, trainAccuracy, validationAccuracy } = growing.curve();
    assertEquals([...loss], points.map((point) => point.loss ?? NaN));
    assertEquals([...trainAccuracy], points.map((point) => point.trainAccuracy));
    assertEquals([...validationAccuracy], points.map((point) => point.validationAccuracy));
    assertEquals([growing.length, growing.last()], [100, points[99]]);
  }
});

Deno.test("GrowingCurve has NaN where an epoch is missing, and nothing before the first", () => {
  const growing = new GrowingCurve();
  assertEquals([growing.length, growing.last()], [0, null]);
  growing.add(pointOf(20));
  assertEquals([growing.length, growing.last()], [21, pointOf(20)]);
  assertEquals([...growing.curve().trainAccuracy.slice(0, 20)], Array(20).fill(NaN));
  assertEquals([growing.add(pointOf(20)), growing.add(pointOf(3)), growing.length], [false, true, 21]);
});

Deno.test("GrowingCurve.curve() keeps its length while the curve grows", () => {
  const growing = new GrowingCurve();
  growing.add(pointOf(0));
  const early = growing.curve();
  for (let epoch = 1; epoch < 50; epoch++) growing.add(pointOf(epoch));
  assertEquals([...early.validationAccuracy], [pointOf(0).validationAccuracy]);
});
