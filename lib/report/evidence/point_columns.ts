import { axisText } from "../summary/axis_text.ts";
import type { Summary } from "../summary/summary.ts";
import { trialsPerPoint } from "../summary/trials_per_point.ts";
import { pointHeads, type PointRow } from "./point_rows.ts";

/** A column of the table of points. */
export interface PointColumn {
  readonly kind:
    | "rank"
    | "value"
    | "other"
    | "axis"
    | "repeats"
    | "difference"
    | "pValue"
    | "signFlips"
    | "notes";
  readonly head: string;
  readonly text: (row: PointRow) => string;
  /** What the column is sorted by, where that is not its text; null for an empty field. */
  readonly sorted?: (row: PointRow) => number | null;
}

/** Returns the columns that a table of these rows has, without those that would be empty. */
export function pointColumns(
  { experiment }: Summary,
  rows: readonly PointRow[],
): readonly PointColumn[] {
  const { grid, data } = experiment;
  const heads = pointHeads(experiment);
  const hasPValues = rows.some(({ pValue }) => pValue !== "");
  const hasNotes = rows.some(({ notes }) => notes !== "");
  return [
    { kind: "rank", head: "rank", text: ({ rank }) => rank },
    {
      kind: "value",
      head: heads.value,
      text: ({ value }) => value,
      sorted: ({ sorted }) => sorted.value,
    },
    ...Object.keys(grid).map((axis): PointColumn => {
      return { kind: "axis", head: axis, text: ({ point }) => axisText(point[axis]) };
    }),
    ...columnIf(trialsPerPoint(experiment) > 1, {
      kind: "repeats",
      head: data.folds === undefined ? "repeats" : "trials",
      text: (row) => row.repeats,
    }),
    {
      kind: "difference",
      head: heads.difference,
      text: ({ difference }) => difference,
      sorted: ({ sorted }) => sorted.difference,
    },
    ...columnIf(hasPValues, {
      kind: "pValue",
      head: heads.pValue,
      text: ({ pValue }) => pValue,
      sorted: ({ sorted }) => sorted.pValue,
    }),
    ...columnIf(hasPValues && data.folds === undefined, {
      kind: "signFlips",
      head: heads.signFlips,
      text: ({ signFlips }) => signFlips,
    }),
    ...heads.others.map((head, index): PointColumn => {
      return { kind: "other", head, text: ({ others }) => others[index] };
    }),
    ...columnIf(hasNotes, { kind: "notes", head: "notes", text: ({ notes }) => notes }),
  ];
}

function columnIf(isShown: boolean, column: PointColumn): readonly PointColumn[] {
  return isShown ? [column] : [];
}
