import type { Warning } from "../../core/check/warning.ts";
import { quoted } from "../../core/text/quoted.ts";
import type { CsvSpec } from "../base/data_spec.ts";
import { columnWarning } from "./column_warning.ts";
import type { CsvTable } from "./csv_table.ts";
import { isFeature } from "./is_feature.ts";

/** A table's features and the mean that a net subtracts from them. */
export interface CentringOptions {
  /** Names of the columns that are no features. */
  readonly spec: Pick<CsvSpec, "label" | "groups" | "drop">;
  /** Features, row after row, `[rows, inputDim]`. */
  readonly x: Float32Array | Float64Array;
  /** What is subtracted from each row, `[inputDim]`. */
  readonly mean: Float32Array | Float64Array;
}

/** A smaller share is the loss of digits of small numbers beside large ones, which affects no net. */
const MOST_LOST = 0.1;

/**
 * Returns a warning of columns where more than a tenth of the distinct numbers become equal when the mean is
 * subtracted in float32. An outlier, such as a marker of missing values, costs the other numbers their digits.
 */
export function centringWarnings(table: CsvTable, { spec, x, mean }: CentringOptions): readonly Warning[] {
  const features = table.header.filter((column) => isFeature(column, spec));
  const losses = features.flatMap((column, at): readonly Loss[] => {
    const values = Float64Array.from({ length: table.rows.length }, (_, row) => x[row * mean.length + at]);
    const loss = findLoss(values, mean[at]);
    return loss === null ? [] : [{ ...loss, column, values }];
  });
  return columnWarning(
    "merged_numbers",
    losses.map(({ column }) => `column ${quoted(column)}`),
    () => lossText(losses[0], table),
  );
}

interface Merge {
  /** Rows of two numbers that become equal. */
  readonly example: readonly [number, number];
  /** Distinct numbers of the column. */
  readonly distinct: number;
  /** Distinct numbers after the subtraction. */
  readonly left: number;
}

interface Loss extends Merge {
  readonly column: string;
  readonly values: Float64Array;
}

/** In sorted order, numbers that become equal are neighbours: subtraction and rounding keep the order. */
function findLoss(values: Float64Array, mean: number): Merge | null {
  const sorted = values.toSorted();
  let distinct = 1;
  let left = 1;
  let example: readonly [number, number] | null = null;
  for (let i = 1; i < sorted.length; i++) {
    const [before, value] = [sorted[i - 1], sorted[i]];
    if (value === before) continue;
    distinct += 1;
    if (Math.fround(value - mean) !== Math.fround(before - mean)) left += 1;
    else example ??= [before, value];
  }
  return example !== null && distinct - left > MOST_LOST * distinct ? { example, distinct, left } : null;
}

function lossText({ column, example, distinct, left, values }: Loss, { header, rows }: CsvTable): string {
  const place = header.indexOf(column);
  const [first, second] = example.map((value) => values.indexOf(value)).sort((a, b) => a - b)
    .map((row) => `${quoted(rows[row].fields[place].trim())} on line ${rows[row].line}`);
  return `less the mean of the training split, ${first} and ${second} are one number in float32, which keeps ${left} ` +
    `of ${distinct} distinct numbers apart: other numbers of the column are too large beside them`;
}
