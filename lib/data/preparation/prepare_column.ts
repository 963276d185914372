import { InputError } from "../../core/check/errors.ts";
import { quoted, quotedList } from "../../core/text/quoted.ts";
import type { RawColumn } from "../base/raw_column.ts";
import { type RowPlace, textNumbers } from "./column_numbers.ts";
import { partOf } from "./learn_column.ts";
import { scaled } from "./learn_scale.ts";
import {
  columnFeatures,
  type PreparedCategories,
  type PreparedColumn,
  type Scale,
} from "../base/preparation.ts";

/** Where the features of a column are written. */
export interface PrepareOptions {
  /** How the column becomes features. */
  readonly prepared: PreparedColumn;
  /** The rows to prepare, in the order in which they are written. */
  readonly rows: Int32Array;
  /** Features, row after row, `[rows, inputDim]`; those of the column are written. */
  readonly x: Float32Array | Float64Array;
  readonly inputDim: number;
  /** Index of the column's first feature. */
  readonly at: number;
  readonly placeOf: RowPlace;
  /** Called with the index of a text that is no category and makes all features 0. Default: nothing is done. */
  readonly onUnseen?: (text: string) => void;
}

/**
 * Writes the features of a column for some rows. Every number is computed in float64 and rounded once, to the dtype of
 * `x`.
 *
 * @throws {InputError} If a value does not fit the column's kind, is required and missing, or is beyond the dtype; the
 * message names the row.
 */
export function prepareColumn(column: RawColumn, options: PrepareOptions): void {
  const { prepared, rows, x, inputDim, at } = options;
  if (prepared.isRequired) checkPresent(column, options);
  if (prepared.kind === "categorical") writeCategories(column, { ...options, prepared });
  else writeNumbers(column, options);
  if (!prepared.isMarked) return;
  const mark = at + columnFeatures(prepared).length - 1;
  for (let i = 0; i < rows.length; i++) x[i * inputDim + mark] = Number.isNaN(column.values[rows[i]]) ? 1 : 0;
}

function checkPresent({ name, values }: RawColumn, { rows, placeOf }: PrepareOptions): void {
  const lacking = rows.find((row) => Number.isNaN(values[row]));
  if (lacking === undefined) return;
  throw new InputError(
    `Cannot read data: ${placeOf(lacking)}, column ${quoted(name)}: a value must be given, found none: ` +
      "rows without one were dropped from training",
  );
}

function writeNumbers(column: RawColumn, options: PrepareOptions): void {
  const { prepared, rows, x, inputDim, at, placeOf } = options;
  if (prepared.kind === "categorical") throw new TypeError("categories are no numbers");
  const numbers = textNumbers(column, { ...prepared, placeOf });
  featuresOf(prepared).forEach(({ valueOf, scale }, feature) => {
    for (let i = 0, place = at + feature; i < rows.length; i++, place += inputDim) {
      const raw = column.values[rows[i]];
      // NaN is equal to nothing.
      const value = raw !== raw ? prepared.fill : numbers === null ? raw : numbers[raw];
      x[place] = scaled(valueOf === null ? value : valueOf(value), scale);
      if (!Number.isFinite(x[place])) failFor(value, { column, row: rows[i], options });
    }
  });
}

interface NumberFeature {
  /** Returns the number of a value that is scaled; null if it is the value itself. */
  readonly valueOf: ((value: number) => number) | null;
  readonly scale: Scale;
}

const UNSCALED: Scale = { isLogarithmic: false, offset: 0, divisor: 1 };

function featuresOf(
  prepared: Exclude<PreparedColumn, PreparedCategories>,
): readonly NumberFeature[] {
  if (prepared.kind === "boolean") return [{ valueOf: null, scale: UNSCALED }];
  if (prepared.kind !== "date") return [{ valueOf: null, scale: prepared.scale }];
  const { first, parts } = prepared;
  return parts.map(({ part, scale }) => ({ valueOf: (day) => partOf(day, { part, first }), scale }));
}

interface Wrong {
  readonly column: RawColumn;
  readonly row: number;
  readonly options: PrepareOptions;
}

function failFor(value: number, { column: { name }, row, options: { x, placeOf, prepared } }: Wrong): never {
  const isLogarithmic = "scale" in prepared && prepared.scale.isLogarithmic && value <= -1;
  const dtype = x instanceof Float64Array ? "float64" : "float32";
  const expected = isLogarithmic ? "a number above -1, for log1p" : `within ${dtype} when it is scaled`;
  throw new InputError(
    `Cannot read data: ${placeOf(row)}, column ${
      quoted(name)
    }: a feature must be ${expected}, found ${value}`,
  );
}

interface CategoryOptions extends PrepareOptions {
  readonly prepared: PreparedCategories;
}

function writeCategories(column: RawColumn, options: CategoryOptions): void {
  const { prepared: { categories, fill, isClosed }, rows, x, inputDim, at, placeOf, onUnseen } = options;
  const texts = column.texts ?? [];
  const places = new Map(categories.map((category, index) => [category, index]));
  const codes = texts.map((text) => places.get(text) ?? -1);
  const filled = fill === null ? -1 : places.get(fill) ?? -1;
  const unseen = new Set<number>();
  for (let i = 0; i < rows.length; i++) {
    const start = i * inputDim + at;
    x.fill(0, start, start + categories.length);
    const code = column.values[rows[i]];
    const place = Number.isNaN(code) ? filled : codes[code];
    if (place >= 0) x[start + place] = 1;
    else if (!Number.isNaN(code) && !unseen.has(code)) {
      unseen.add(code);
      if (isClosed) {
        throw new InputError(
          `Cannot read data: ${placeOf(rows[i])}, column ${quoted(column.name)}: a value must be one of ` +
            `${quotedList(categories)}, found ${quoted(texts[code])}`,
        );
      }
      onUnseen?.(texts[code]);
    }
  }
}
