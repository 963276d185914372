import type { CsvFormat } from "../base/csv_format.ts";
import { isDecimal } from "./decimal.ts";

/** Returns a number of a table as a decimal text with a point, such as "-1234.5"; null if a text is none. */
export type NumberReader = (text: string) => string | null;

/** The marks as patterns. A blank is any that people take for one: the usual, the one that does not break, the narrow one. */
const MARKS = { ",": ",", ".": "\\.", "'": "'", _: "_", " ": "[ \\u00a0\\u202f]" } as const;

/** Returns the reader of the numbers of a format. */
export function numberReader({ decimalComma = false, thousands }: CsvFormat): NumberReader {
  if (!decimalComma && thousands === undefined) return (text) => isDecimal(text) ? text : null;
  const point = decimalComma ? "," : "\\.";
  const mark = thousands === undefined ? null : MARKS[thousands];
  const grouped = mark === null ? "" : `\\d{1,3}(?:${mark}\\d{3})+|`;
  const pattern = new RegExp(
    `^\\s*([+-]?)(${grouped}\\d+)?(?:${point}(\\d*))?([eE][+-]?\\d+)?\\s*$`,
    "u",
  );
  const marks = mark === null ? null : new RegExp(mark, "gu");
  return (text) => {
    const [, sign = "", whole = "", fraction = "", exponent = ""] = pattern.exec(text) ?? [];
    if (whole + fraction === "") return null;
    const digits = marks === null ? whole : whole.replace(marks, "");
    return `${sign}${digits}${fraction === "" ? "" : `.${fraction}`}${exponent}`;
  };
}
