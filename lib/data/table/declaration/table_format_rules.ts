import { InputError } from "../../../core/check/errors.ts";
import { aBoolean, either, type Rule } from "../../../core/check/fields.ts";
import { quoted } from "../../../core/text/quoted.ts";
import type { TableFormat } from "../../base/table_format.ts";
import { checkThousands, formatRules } from "../../text/format_rules.ts";
import { differentTexts } from "./column_rules.ts";

/** The rules of the fields of a {@link TableFormat}. */
export const tableFormatRules: { readonly [K in keyof Required<TableFormat>]: Rule } = {
  ...formatRules,
  comment: {
    expected: "a character that is no letter, digit, quote, space, comma, point or sign",
    accepts: (value) => typeof value === "string" && /^[^\p{L}\p{N}\s"',.+-]$/u.test(value),
  },
  quote: {
    expected: "a character that is no letter, digit, space or separator",
    accepts: (value) => typeof value === "string" && /^[^\p{L}\p{N}\s,;|.+-]$/u.test(value),
  },
  header: either(aBoolean, { ...differentTexts, expected: "a list of different texts, one per column" }),
};

/**
 * Checks that each mark of a format has one meaning.
 *
 * @throws {InputError} If one has two.
 */
export function checkNumberMarks(
  { decimalComma, thousands, quote, comment, separator }: TableFormat,
): void {
  checkThousands({ decimalComma, thousands });
  const marks = [["quote", quote], ["comment", comment], ["thousands", thousands]] as const;
  for (const [name, mark] of marks) {
    if (mark === undefined) continue;
    const other = [...marks, ["separator", separator] as const].find(([own, found]) =>
      own !== name && found === mark
    );
    if (other === undefined) continue;
    throw new InputError(
      `Cannot use data: data.${name} must be another mark than data.${other[0]}, found ${
        quoted(mark)
      } for both`,
    );
  }
}
