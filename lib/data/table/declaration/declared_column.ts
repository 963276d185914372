import { InputError } from "../../../core/check/errors.ts";
import { checkFields, type Rule, someText } from "../../../core/check/fields.ts";
import type { ColumnKind, ColumnSpec } from "../../base/column_spec.ts";
import { dateReader } from "../../text/date_reader.ts";
import {
  differentTexts,
  kindRule,
  numberFill,
  partsRule,
  scalingRule,
  textFill,
  unseenRule,
} from "./column_rules.ts";

/** The fields that each kind of column has, besides the kind. */
const FIELDS: Readonly<Record<ColumnKind, Readonly<Record<string, Rule>>>> = {
  numeric: { missing: numberFill, scaling: scalingRule },
  categorical: { categories: differentTexts, missing: textFill, unseen: unseenRule },
  ordinal: { order: differentTexts, missing: numberFill, scaling: scalingRule },
  boolean: { missing: textFill },
  date: { format: someText, parts: partsRule, missing: numberFill, scaling: scalingRule },
};

/** The fields of a column whose kind is found out: those that do not depend on it. */
const OF_ANY_KIND = { missing: numberFill, scaling: scalingRule, unseen: unseenRule };

/**
 * Returns what is declared of a column, its kind alone being one way to do so.
 *
 * @throws {InputError} If a field is wrong, or not one of the kind.
 */
export function declaredColumn(
  declared: ColumnKind | ColumnSpec,
  { path }: { readonly path: string },
): ColumnSpec {
  const spec: ColumnSpec = typeof declared === "string" ? { kind: declared } : declared;
  const action = "use data";
  checkFields(spec, { action, path, optional: { kind: kindRule }, others: true });
  const { kind } = spec;
  const required: Readonly<Record<string, Rule>> = kind === "ordinal" ? { order: differentTexts } : {};
  const fields = kind === undefined ? OF_ANY_KIND : FIELDS[kind];
  checkFields(spec, { action, path, required, optional: { kind: kindRule, ...fields } });
  if (kind === "date" && spec.format !== undefined) checkFormat(spec.format, { path });
  return Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined));
}

/** A format must hold a year, a month and a day: else every date would be another. */
function checkFormat(format: string, { path }: { readonly path: string }): void {
  const lacking = [/YYYY/, /M/, /D/].some((token) => !token.test(format));
  if (!lacking) {
    dateReader(format);
    return;
  }
  throw new InputError(
    `Cannot use data: ${path}.format must have YYYY, MM or M or MMM, and DD or D, such as "DD.MM.YYYY", found ${
      JSON.stringify(format)
    }`,
  );
}
