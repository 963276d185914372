import { InputError } from "../../../core/check/errors.ts";
import { quoted } from "../../../core/text/quoted.ts";
import type { TableSpec } from "../../base/data_spec.ts";
import type { TableFields } from "./table_fields.ts";

const PREDICTED = ["label", "target", "labels"] as const;

/**
 * Returns the field that says what is predicted; just one is given.
 *
 * @throws {InputError} If none or several are, or a field is of another.
 */
export function declaredPrediction(
  { label, target, labels, ...rest }: TableFields,
): Pick<TableSpec, "label" | "target" | "labels"> {
  const given = { label, target, labels };
  const [first, second] = PREDICTED.filter((field) => given[field] !== undefined);
  if (first === undefined) {
    fail("data.label must be given, the column with the class; or data.target or data.labels instead");
  }
  if (second !== undefined) fail(`data.${second} must not be given with data.${first}`);
  if (label !== undefined) return { label };
  const other = (["classes", "merge", "stratify"] as const).find((field) => rest[field] !== undefined);
  if (other !== undefined) fail(`data.${other} must not be given with data.${first}, which has no classes`);
  return target === undefined ? { labels } : { target: [target].flat() };
}

/**
 * Checks that labels are joined into classes that there are.
 *
 * @throws {InputError} If they are not.
 */
export function checkClasses({ classes, merge = {} }: TableSpec): void {
  const joined = Object.entries(merge).flatMap(([into, labels]) =>
    labels.map((label) => [label, into] as const)
  );
  const seen = new Map<string, string>();
  for (const [label, into] of joined) {
    const other = seen.get(label);
    if (other !== undefined) {
      fail(
        `data.merge must join a label into one class, found ${quoted(label)} in ${quoted(other)} and ${
          quoted(into)
        }`,
      );
    }
    seen.set(label, into);
  }
  const unknown = classes === undefined
    ? undefined
    : Object.keys(merge).find((into) => !classes.includes(into));
  if (unknown !== undefined) {
    fail(`data.merge must join labels into classes of data.classes, found ${quoted(unknown)}`);
  }
}

function fail(what: string): never {
  throw new InputError(`Cannot use data: ${what}`);
}
