import { InputError } from "../../core/check/errors.ts";
import { type Axes, axisLabel, type DeclaredValue } from "./axis_label.ts";
import { checkGrid, checkReadDifferently } from "./check_grid.ts";
import { isPointSet, type PointPart, type PointShape } from "./point_set.ts";

/** Completes "Cannot ...:". */
export interface ShapePlace {
  readonly action: string;
}

/**
 * Returns the shapes of the parts of a set.
 *
 * @throws {InputError} If there is none, or one is neither axes nor a set of points.
 */
export function shapesOf(parts: readonly PointPart[], { action }: ShapePlace): readonly PointShape[] {
  if (parts.length === 0) {
    throw new InputError(`Cannot ${action}: it must have at least one part, found none`);
  }
  return parts.map((part) => {
    if (isPointSet(part)) return part.shape;
    checkGrid(part, { action });
    return { kind: "axes", axes: part };
  });
}

/** Returns the number of points of a shape; a product may overflow to infinity. */
export function sizeOf(shape: PointShape): number {
  if (shape.kind === "axes") {
    return Object.values(shape.axes).reduce((product, { length }) => product * length, 1);
  }
  const sizes = shape.parts.map(sizeOf);
  if (shape.kind === "zip") return sizes[0];
  return shape.kind === "union"
    ? sizes.reduce((sum, size) => sum + size, 0)
    : sizes.reduce((product, size) => product * size, 1);
}

/**
 * Returns the axes of a shape in the order in which they are declared, each with its values, once each.
 *
 * @throws {InputError} If two values of an axis read the same and are not the same.
 */
export function axesOf(shape: PointShape, { action }: ShapePlace): Axes {
  const axes = new Map<string, DeclaredValue[]>();
  collect(shape, axes);
  return Object.fromEntries([...axes].map(([axis, values]) => {
    checkReadDifferently(values, { axis, action });
    return [axis, [...new Map(values.map((value) => [axisLabel(value), value])).values()]];
  }));
}

function collect(shape: PointShape, axes: Map<string, DeclaredValue[]>): void {
  if (shape.kind !== "axes") return shape.parts.forEach((part) => collect(part, axes));
  for (const [axis, values] of Object.entries(shape.axes)) {
    const collected = axes.get(axis);
    if (collected === undefined) axes.set(axis, [...values]);
    else for (const value of values) collected.push(value);
  }
}

/**
 * Checks that no axis is in two parts, whose points are joined.
 *
 * @throws {InputError} With the axis.
 */
export function checkApart(parts: readonly PointShape[], { action }: ShapePlace): void {
  const seen = new Set<string>();
  for (const part of parts) {
    for (const axis of Object.keys(axesOf(part, { action }))) {
      if (seen.has(axis)) {
        throw new InputError(`Cannot ${action}: each axis must be in one of its parts, found ${axis} in two`);
      }
      seen.add(axis);
    }
  }
}
