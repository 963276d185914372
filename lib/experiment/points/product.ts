import { deepFreeze } from "../../core/check/deep_freeze.ts";
import type { JoinedPoint, PointPart, PointSet } from "../declaration/point_set.ts";
import { checkApart, shapesOf } from "../declaration/shape.ts";

/**
 * Returns every combination of the points of its parts, the last part fastest; axes stand for every combination of their
 * values.
 *
 * @throws {InputError} If a part is wrong, or an axis is in two parts.
 *
 * @example
 * ```ts
 * import { blobs, defineExperiment, expandPoints, product, zip } from "@seedbed/seedbed";
 * import { assertEquals } from "@std/assert";
 *
 * const experiment = defineExperiment({
 *   name: "blobs_widths",
 *   question: "Which width and rate separate three blobs?",
 *   seed: 231,
 *   data: blobs({ numClasses: 3, inputDim: 2, spread: 0.3, train: 300, validation: 100, test: 100 }),
 *   points: product({ decay: [0.9, 1] }, zip({ width: [4, 16], learningRate: [1e-2, 1e-3] })),
 *   trial: ({ decay, width, learningRate }) => ({
 *     model: { hiddenDims: [width] },
 *     solver: { optimizer: { name: "adam", learningRate }, batchSize: 50, epochs: 4, lrDecay: decay },
 *   }),
 * });
 * assertEquals(expandPoints(experiment).points, [
 *   { decay: 0.9, width: 4, learningRate: 1e-2 },
 *   { decay: 0.9, width: 16, learningRate: 1e-3 },
 *   { decay: 1, width: 4, learningRate: 1e-2 },
 *   { decay: 1, width: 16, learningRate: 1e-3 },
 * ]);
 * ```
 */
export function product<const T extends readonly PointPart[]>(...parts: T): PointSet<JoinedPoint<T>> {
  const action = "make a product of points";
  const shapes = shapesOf(parts, { action });
  checkApart(shapes, { action });
  return deepFreeze({ shape: { kind: "product", parts: shapes } });
}
