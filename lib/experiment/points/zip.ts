import { InputError } from "../../core/check/errors.ts";
import { deepFreeze } from "../../core/check/deep_freeze.ts";
import {
  isPointSet,
  type JoinedPoint,
  type PointPart,
  type PointSet,
  type PointShape,
} from "../declaration/point_set.ts";
import { axesOf, checkApart, shapesOf, sizeOf } from "../declaration/shape.ts";

/**
 * Joins the first points of its parts, then the second ones, and so on; axes stand for their values in turn.
 *
 * @throws {InputError} If a part is wrong, the parts are not of one length, or an axis is in two parts.
 *
 * @example
 * ```ts
 * import { zip } from "@seedbed/seedbed";
 *
 * // Two points: width 4 with rate 0.01, and width 16 with rate 0.001.
 * zip({ width: [4, 16], learningRate: [1e-2, 1e-3] });
 * ```
 */
export function zip<const T extends readonly PointPart[]>(...parts: T): PointSet<JoinedPoint<T>> {
  const action = "zip points";
  const shapes = shapesOf(parts, { action }).flatMap((shape, index) =>
    isPointSet(parts[index]) ? [shape] : axesApart(shape)
  );
  checkApart(shapes, { action });
  const sizes = shapes.map(sizeOf);
  const other = sizes.findIndex((size) => size !== sizes[0]);
  if (other !== -1) {
    const name = (index: number) =>
      `${sizes[index]} of ${Object.keys(axesOf(shapes[index], { action })).join(", ")}`;
    throw new InputError(
      `Cannot ${action}: its parts must have the same number of values, found ${name(0)} and ${name(other)}`,
    );
  }
  return deepFreeze({ shape: { kind: "zip", parts: shapes } });
}

/** Each axis is a part of its own: together they would be combined. */
function axesApart(shape: PointShape): readonly PointShape[] {
  if (shape.kind !== "axes") return [shape];
  return Object.entries(shape.axes).map(([axis, values]) => ({ kind: "axes", axes: { [axis]: values } }));
}
