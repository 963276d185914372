import { checkFields, either, listOf, oneOf, type Rule, someText } from "../../../core/check/fields.ts";

/** A list of different texts, at least one. */
export const differentTexts: Rule = {
  expected: "a list of different texts",
  accepts: (value) =>
    listOf(someText).accepts(value) && (value as readonly string[]).length > 0 &&
    new Set(value as readonly string[]).size === (value as readonly string[]).length,
};

const aConstant: Rule = {
  expected: "{ constant: a number or a text }",
  accepts: (value) => {
    if (typeof value !== "object" || value === null || Object.keys(value).join() !== "constant") return false;
    const { constant } = value as { readonly constant: unknown };
    return typeof constant === "number" ? Number.isFinite(constant) : someText.accepts(constant);
  },
};

const numberFills = ["mean", "median", "mostFrequent", "indicator", "dropRow"] as const;

/** What becomes of missing numbers. */
export const numberFill: Rule = either(oneOf(...numberFills), aConstant);

/** What becomes of missing texts. */
export const textFill: Rule = either(oneOf("mostFrequent", "indicator", "dropRow"), aConstant);

/** How numbers are scaled. */
export const scalingRule: Rule = oneOf("standardize", "minMax", "robust", "log1p", "none");

/** What becomes of categories that no training row has. */
export const unseenRule: Rule = oneOf("zero", "error");

/** The kinds of columns. */
export const kindRule: Rule = oneOf("numeric", "categorical", "ordinal", "boolean", "date");

/** The parts of a date, each once. */
export const partsRule: Rule = {
  expected: 'a list of different ones of "days", "year", "month", "day", "weekday", "dayOfYear" and "hour"',
  accepts: (value) =>
    differentTexts.accepts(value) && (value as readonly string[]).every((part) => PARTS.includes(part)),
};

const PARTS: readonly string[] = ["days", "year", "month", "day", "weekday", "dayOfYear", "hour"];

/**
 * Checks the `missing` of a table.
 *
 * @throws {InputError} If a field is wrong.
 */
export function checkMissing(missing: unknown): void {
  checkFields(missing, {
    action: "use data",
    path: "data.missing",
    optional: {
      markers: { ...differentTexts, expected: 'a list of different texts, such as ["?", "NA"]' },
      numeric: numberFill,
      categorical: textFill,
      label: oneOf("dropRow"),
    },
  });
}
