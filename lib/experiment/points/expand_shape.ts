import { axisLabel, type DeclaredValue } from "../declaration/axis_label.ts";
import type { PointShape } from "../declaration/point_set.ts";

/** A point as it is declared: a value of each axis that it has. */
export type DeclaredPoint = Readonly<Record<string, DeclaredValue>>;

/** Returns the points of a shape in order: of a product, the last part fastest. */
export function expandShape(shape: PointShape): readonly DeclaredPoint[] {
  if (shape.kind === "axes") {
    return combined(
      Object.entries(shape.axes).map(([axis, values]) => values.map((value) => ({ [axis]: value }))),
    );
  }
  const parts = shape.parts.map(expandShape);
  if (shape.kind === "union") return parts.flat();
  if (shape.kind === "product") return combined(parts);
  return parts[0].map((_, index) => Object.assign({}, ...parts.map((points) => points[index])));
}

function combined(parts: readonly (readonly DeclaredPoint[])[]): readonly DeclaredPoint[] {
  return parts.reduce<readonly DeclaredPoint[]>(
    (points, part) => points.flatMap((point) => part.map((more) => ({ ...point, ...more }))),
    [{}],
  );
}

/** Returns a shape with what stands for its values, which are plain data. */
export function labelledShape(shape: PointShape): PointShape {
  if (shape.kind !== "axes") return { ...shape, parts: shape.parts.map(labelledShape) };
  const axes = Object.entries(shape.axes).map(([axis, values]) => [axis, values.map(axisLabel)]);
  return { kind: "axes", axes: Object.fromEntries(axes) };
}
