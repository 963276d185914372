import { deepFreeze } from "../../core/check/deep_freeze.ts";
import type { EitherPoint, PointOfPart, PointPart, PointSet } from "../declaration/point_set.ts";
import { axesOf, shapesOf } from "../declaration/shape.ts";

/**
 * Returns the points of its parts, one part after the other; axes stand for every combination of their values. An axis
 * that a part lacks is missing in its points, and undefined in the function `trial`.
 *
 * @throws {InputError} If a part is wrong, or two values of an axis read the same and are not the same.
 *
 * @example
 * ```ts
 * import { blobs, defineExperiment, expandPoints, union } from "@seedbed/seedbed";
 * import { assertEquals } from "@std/assert";
 *
 * const experiment = defineExperiment({
 *   name: "blobs_optimizers",
 *   question: "Which optimizer separates three blobs?",
 *   seed: 231,
 *   data: blobs({ numClasses: 3, inputDim: 2, spread: 0.3, train: 300, validation: 100, test: 100 }),
 *   points: union({ name: ["sgd"] }, { name: ["momentum"], momentum: [0.5, 0.9] }),
 *   trial: ({ name, momentum }) => ({
 *     model: { hiddenDims: [16] },
 *     solver: {
 *       optimizer: name === "sgd"
 *         ? { name, learningRate: 1e-2 }
 *         : { name, learningRate: 1e-2, momentum },
 *       batchSize: 50,
 *       epochs: 4,
 *     },
 *   }),
 * });
 * assertEquals(expandPoints(experiment).points, [
 *   { name: "sgd" },
 *   { name: "momentum", momentum: 0.5 },
 *   { name: "momentum", momentum: 0.9 },
 * ]);
 * ```
 */
export function union<const T extends readonly PointPart[]>(
  ...parts: T
): PointSet<EitherPoint<PointOfPart<T[number]>>> {
  const action = "unite points";
  const shape = { kind: "union", parts: shapesOf(parts, { action }) } as const;
  axesOf(shape, { action });
  return deepFreeze({ shape });
}
