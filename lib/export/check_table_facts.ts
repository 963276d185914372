import { InputError } from "../core/check/errors.ts";
import { anObject, checkFields, listOf, oneOf, type Rule, someText } from "../core/check/fields.ts";
import { tableFormatRules } from "../data/table/declaration/table_format_rules.ts";
import { differentTexts } from "./text_rules.ts";

/**
 * Checks what predicting needs of a table's declaration, which was read from a file: how its fields are written, its
 * label, and what stands for a missing value.
 *
 * @throws {InputError} With the first wrong field.
 */
export function checkTableFacts(data: object, { action }: { readonly action: string }): void {
  const place = { action, path: "data" };
  checkFields(data, {
    ...place,
    optional: {
      label: someText,
      target: differentTexts,
      labels: differentTexts,
      ...tableFormatRules,
      dtype: oneOf("float32", "float64"),
      classes: differentTexts,
      merge: {
        expected: "an object that has a list of labels for each class",
        accepts: (value) =>
          anObject.accepts(value) && Object.values(value as object).every(listOf(someText).accepts),
      },
      drop: listOf(someText),
      groups: someText,
      weight: someText,
      byTime: someText,
      splitColumn: anObject,
      missing: anObject,
    },
    others: true,
  });
  const declared = ["label", "target", "labels"].filter((field) => Object.hasOwn(data, field));
  if (declared.length === 0) checkFields(data, { ...place, required: { label: someText }, others: true });
  if (declared.length > 1) {
    throw new InputError(`Cannot ${action}: data.${declared[1]} must not be given with data.${declared[0]}`);
  }
  const { missing = {}, splitColumn } = data as { readonly missing?: object; readonly splitColumn?: object };
  const markers: Rule = { ...differentTexts, expected: 'a list of different texts, such as ["?", "NA"]' };
  checkFields(missing, { action, path: "data.missing", optional: { markers }, others: true });
  if (splitColumn === undefined) return;
  checkFields(splitColumn, {
    action,
    path: "data.splitColumn",
    required: { column: someText },
    others: true,
  });
}
