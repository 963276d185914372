import { listOf, type Rule, someText } from "../core/check/fields.ts";

/** A list of different texts. */
export const differentTexts: Rule = {
  expected: "a list of different texts",
  accepts: (value) =>
    listOf(someText).accepts(value) &&
    new Set(value as readonly string[]).size === (value as readonly string[]).length,
};
