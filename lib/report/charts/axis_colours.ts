import type { AxisValue } from "../../experiment/trial/trial.ts";
import { axisPositions, axisScale } from "./axis_scale.ts";

/** How the lines of a value of an axis are drawn. */
export interface LineStyle {
  /** `#rrggbb`. */
  readonly colour: string;
  /** Lengths of dashes and gaps in pixels; empty for a solid line. */
  readonly dash: readonly number[];
}

/**
 * Blue to orange by way of purple: lightness and yellowness rise together, so that colour-blind readers see the
 * order. Each has a contrast of 3 on light and on dark pages, which a thin line needs.
 */
const SEQUENCE = ["#2f5fd0", "#8f54cc", "#b54aa6", "#d0506e", "#d97a1a"];
/** After Okabe and Ito; colour-blind readers can distinguish them. */
const CATEGORIES = ["#0173b2", "#d55e00", "#029e73", "#cc78bc", "#8a8a8a", "#bf8700"];
const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 2], [8, 3, 2, 3]];

/** Returns the style of each value of an axis: a sequence of colours for numbers, a palette for categories. */
export function axisStyles(
  axis: string,
  { values }: { readonly values: readonly AxisValue[] },
): readonly LineStyle[] {
  if (axisScale(axis, { values }) === "ordinal") {
    return values.map((_, index) => ({
      colour: CATEGORIES[index % CATEGORIES.length],
      dash: DASHES[Math.floor(index / CATEGORIES.length) % DASHES.length],
    }));
  }
  const positions = axisPositions(axis, { values });
  return values.map((value) => ({ colour: sequenceColour(positions.get(value)!), dash: [] }));
}

/** Returns the colour at a place in the sequence, from 0 (blue) to 1 (orange). */
export function sequenceColour(place: number): string {
  const last = SEQUENCE.length - 1;
  const below = Math.min(last - 1, Math.floor(place * last));
  const share = place * last - below;
  const channel = (index: number, at: number) => Number.parseInt(SEQUENCE[index].slice(at, at + 2), 16);
  const mixed = [1, 3, 5].map((at) =>
    Math.round(channel(below, at) + share * (channel(below + 1, at) - channel(below, at)))
  );
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
