import { InputError } from "../../core/check/errors.ts";
import { quoted, quotedList } from "../../core/text/quoted.ts";
import type { RawColumn } from "../base/raw_column.ts";
import type { SplitColumn } from "../base/data_spec.ts";
import type { DividedRows } from "./divide_rows.ts";

/** Options of {@link fixedSplits}. */
export interface FixedOptions {
  /** The rows that are used. */
  readonly rows: Int32Array;
  readonly declared: SplitColumn;
  /** Returns the location of a row, for messages. */
  readonly placeOf: (row: number) => string;
}

/**
 * Returns the splits that a column of the table says, in the order of the table.
 *
 * @throws {InputError} If a field names no split, or no row is for training or for the test.
 */
export function fixedSplits({ values, texts }: RawColumn, options: FixedOptions): DividedRows {
  const { rows, declared: { column, train = "train", validation = "validation", test = "test" }, placeOf } =
    options;
  const names = [train, validation, test];
  const codes = (texts ?? []).map((text) => names.indexOf(text.trim()));
  const wrong = rows.find((row) => Number.isNaN(values[row]) || codes[values[row]] === -1);
  if (wrong !== undefined) {
    const found = Number.isNaN(values[wrong]) ? "none" : quoted(texts![values[wrong]]);
    throw new InputError(
      `Cannot read data: ${placeOf(wrong)}, column ${quoted(column)}: a split must be one of ${
        quotedList(names)
      }, which data.splitColumn names, found ${found}`,
    );
  }
  const of = (split: number) => rows.filter((row) => codes[values[row]] === split);
  const divided = { train: of(0), validation: of(1), test: of(2) };
  for (const [name, text] of [["train", train], ["test", test]] as const) {
    if (divided[name].length > 0) continue;
    throw new InputError(
      `Cannot use data: column ${quoted(column)} must have rows of ${
        quoted(text)
      }, found none; declare data.splitColumn.${name} if they are named otherwise`,
    );
  }
  return divided;
}
