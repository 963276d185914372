import { InputError } from "../../core/check/errors.ts";
import { quoted, quotedList } from "../../core/text/quoted.ts";
import type { RawColumn } from "../base/raw_column.ts";
import { truthOf } from "./boolean_words.ts";

/** A column whose values are numbers, or texts that stand for numbers. */
export interface NumberedKind {
  readonly kind: "numeric" | "ordinal" | "boolean" | "date";
  /** The texts of an ordinal column in their order. */
  readonly order?: readonly string[];
}

/** Returns the location of a row, for messages. */
export type RowPlace = (row: number) => string;

/**
 * Returns what stands for each text of a column: its place in the order, or its truth value. A column of numbers has no
 * texts; null then.
 *
 * @throws {InputError} If a text stands for none.
 */
export function textNumbers(
  { name, texts, values }: RawColumn,
  { kind, order = [], placeOf }: NumberedKind & { readonly placeOf: RowPlace },
): Float64Array | null {
  if (texts === null) return null;
  const places = new Map(order.map((text, index) => [text, index]));
  return Float64Array.from(texts, (text, index) => {
    const number = kind === "boolean" ? truthOf(text) : places.get(text);
    if (number !== undefined && number !== null) return number;
    const place = `${placeOf(values.indexOf(index))}, column ${quoted(name)}`;
    const expected = kind === "boolean" ? "a truth value, such as true or no" : `one of ${quotedList(order)}`;
    throw new InputError(`Cannot read data: ${place}: a value must be ${expected}, found ${quoted(text)}`);
  });
}
