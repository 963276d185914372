import { InputError } from "../../core/check/errors.ts";
import { aBoolean, oneOf, type Rule } from "../../core/check/fields.ts";
import type { Json } from "../../core/numbers/digest.ts";
import { quoted } from "../../core/text/quoted.ts";
import type { CsvEncoding, CsvFormat } from "../base/csv_format.ts";

/** The encodings of tables. */
const ENCODINGS: readonly CsvEncoding[] = ["utf-8", "utf-16le", "utf-16be", "latin1", "windows-1252"];

/** The separators of fields. */
export const SEPARATORS: readonly string[] = [",", ";", "\t", "|"];

/** The rules of the fields of a {@link CsvFormat}. */
export const formatRules: { readonly [K in keyof Required<CsvFormat>]: Rule } = {
  separator: oneOf(...SEPARATORS),
  decimalComma: aBoolean,
  thousands: oneOf(",", ".", "'", "_", " "),
  comment: {
    expected: "a character that is no letter, digit, quote, space or separator",
    accepts: (value) => typeof value === "string" && /^[^\p{L}\p{N}\s"',;|.+-]$/u.test(value),
  },
  encoding: oneOf(...ENCODINGS),
};

/**
 * Returns the fields of a format that are declared, without those that confirm a default.
 *
 * @throws {InputError} If a mark of numbers has two meanings.
 */
export function declaredFormat(
  { separator, decimalComma, thousands, comment, encoding }: CsvFormat,
): CsvFormat {
  checkThousands({ decimalComma, thousands });
  return {
    ...separator === undefined || separator === "," ? {} : { separator },
    ...decimalComma ? { decimalComma } : {},
    ...thousands === undefined ? {} : { thousands },
    ...comment === undefined ? {} : { comment },
    ...encoding === undefined || encoding === "utf-8" ? {} : { encoding },
  };
}

/**
 * Checks that the mark of thousands is not the one before a fraction.
 *
 * @throws {InputError} If it is.
 */
export function checkThousands(
  { decimalComma, thousands }: Pick<CsvFormat, "decimalComma" | "thousands">,
): void {
  const point = decimalComma ? "," : ".";
  if (thousands !== point) return;
  throw new InputError(
    `Cannot use data: data.thousands must be another mark than the one before a fraction, found ${
      quoted(point)
    } for both`,
  );
}

/** Returns what a format adds to what identifies a table: nothing, for that of RFC 4180. */
export function formatIdentity(format: CsvFormat): Record<string, Json> {
  return { ...declaredFormat(format) };
}
