import { InputError } from "../../core/check/errors.ts";
import { quoted } from "../../core/text/quoted.ts";
import type { TableSpec } from "../base/data_spec.ts";
import type { RawColumn } from "../base/raw_column.ts";
import type { Targets } from "../base/targets.ts";
import { truthOf } from "../preparation/boolean_words.ts";

/** The targets of a table's rows. */
export interface ReadTargets {
  readonly names: readonly string[];
  /** `[rows, targets]`; NaN where a row has none. */
  readonly values: Float64Array;
  /** 0 for each row that has all of its targets, else -1, `[rows]`. */
  readonly labels: Int32Array;
}

/** What is needed of a table besides its targets. */
export interface TargetPlace {
  readonly kind: Targets["kind"];
  readonly spec: Pick<TableSpec, "missing">;
  readonly placeOf: (row: number) => string;
}

/**
 * Returns the targets of rows: numbers as they are, and truth values as 0 and 1.
 *
 * @throws {InputError} If one is missing and no rule says what becomes of the row, or a label is no truth value.
 */
export function readTargets(
  columns: readonly RawColumn[],
  { kind, spec, placeOf }: TargetPlace,
): ReadTargets {
  const [{ values: { length: rows } }] = columns;
  const values = new Float64Array(rows * columns.length);
  const labels = new Int32Array(rows);
  columns.forEach((column, index) => {
    const { name } = column;
    const own = kind === "labels" ? truthValues(column, placeOf) : column.values;
    const lacking = own.findIndex(Number.isNaN);
    if (lacking !== -1 && spec.missing?.label !== "dropRow") {
      throw new InputError(
        `Cannot read data: ${placeOf(lacking)}, column ${quoted(name)}: a row must have a ${
          kind === "labels" ? "label" : "target"
        }, found none; declare missing: { label: "dropRow" } to leave out such rows`,
      );
    }
    for (let row = 0; row < rows; row++) {
      values[row * columns.length + index] = own[row];
      if (Number.isNaN(own[row])) labels[row] = -1;
    }
  });
  return { names: columns.map(({ name }) => name), values, labels };
}

function truthValues({ name, values, texts }: RawColumn, placeOf: TargetPlace["placeOf"]): Float64Array {
  const truths = (texts ?? []).map(truthOf);
  const wrong = truths.indexOf(null);
  if (wrong !== -1) {
    throw new InputError(
      `Cannot read data: ${placeOf(values.indexOf(wrong))}, column ${
        quoted(name)
      }: a label of data.labels must be a truth value, such as 0 and 1, found ${quoted(texts![wrong])}`,
    );
  }
  return values.map((code) => Number.isNaN(code) ? NaN : truths[code]!);
}
