import { canonicalJson } from "../../core/numbers/digest.ts";
import { formatFloat64 } from "../../core/text/number_text.ts";
import type { AxisValue, Point } from "../../experiment/trial/trial.ts";
import type { Summary } from "../summary/summary.ts";

/** An axis of the grid with several values. */
export interface VariedAxis {
  readonly axis: string;
  /** Its distinct values: numbers by size, others as declared. */
  readonly values: readonly AxisValue[];
  readonly isOrdered: boolean;
  /** Returns the index of a point's value; null if the point does not have the axis, or the axis the value. */
  readonly levelOf: (point: Point) => number | null;
}

/** Returns the axes of an experiment that have several values, in the grid's order. */
export function variedAxesOf({ experiment: { grid } }: Summary): readonly VariedAxis[] {
  return Object.entries(grid).flatMap(([axis, declared]) => {
    const values = [...new Map(declared.map((value) => [valueKey(value), value])).values()];
    if (values.length < 2) return [];
    const isOrdered = values.every((value) => typeof value === "number");
    const sorted = sortedValues(values);
    const levels = new Map(sorted.map((value, level) => [valueKey(value), level]));
    return [{
      axis,
      values: sorted,
      isOrdered,
      levelOf: (point) => Object.hasOwn(point, axis) ? levels.get(valueKey(point[axis])) ?? null : null,
    }];
  });
}

/** Returns the values of an axis in the order in which they are drawn: numbers by size, others as declared. */
export function sortedValues(values: readonly AxisValue[]): readonly AxisValue[] {
  const isNumeric = values.every((value) => typeof value === "number");
  return isNumeric ? values.toSorted((left, right) => Number(left) - Number(right)) : values;
}

/** Returns a key that differs for 8 and "8", and for 0 and -0. */
function valueKey(value: AxisValue): string {
  return typeof value === "number" ? formatFloat64(value) : canonicalJson(value);
}

/** Returns a key of the values of all axes but one. */
export function keyWithout(point: Point, axis: string): string {
  return Object.entries(point).filter(([name]) => name !== axis).map(([name, value]) =>
    `${canonicalJson(name)}:${valueKey(value)}`
  ).join(",");
}
