import { InputError } from "../../core/check/errors.ts";
import { nearMiss, quoted, quotedList } from "../../core/text/quoted.ts";
import type { TableSpec } from "../base/data_spec.ts";
import type { RawColumn } from "../base/raw_column.ts";
import { isDecimal } from "../text/decimal.ts";

/** The classes of a table's rows. */
export interface Classes {
  /** In their order. */
  readonly classNames: readonly string[];
  /** Index of each row's class, `[rows]`; -1 where the label is missing. */
  readonly labels: Int32Array;
}

/** What is needed of a table besides its label. */
export interface LabelPlace {
  readonly spec: Pick<TableSpec, "classes" | "merge" | "missing">;
  readonly placeOf: (row: number) => string;
}

/** More classes than this in a column that nobody declared are numbers or names. */
const MOST_CLASSES = 1000;

/**
 * Returns the classes of the label's texts: those declared, or those of the table in order, numbers by size and texts by
 * their code units; `merge` joins some of them first.
 *
 * @throws {InputError} If a label is missing and no rule says what becomes of the row, or is none of the classes.
 */
export function readClasses({ name, values, texts }: RawColumn, { spec, placeOf }: LabelPlace): Classes {
  const { classes, merge = {}, missing } = spec;
  const into = new Map(
    Object.entries(merge).flatMap(([name, labels]) => labels.map((label) => [label, name] as const)),
  );
  const own = (texts ?? []).map((text) => into.get(text) ?? text);
  const place = (row: number) => `${placeOf(row)}, column ${quoted(name)}`;
  const lacking = values.findIndex(Number.isNaN);
  if (lacking !== -1 && missing?.label !== "dropRow") {
    throw new InputError(
      `Cannot read data: ${
        place(lacking)
      }: a row must have a label, found none; declare missing: { label: "dropRow" } ` +
        "to leave out such rows",
    );
  }
  const classNames = classes ?? foundClasses(own, name);
  const indices = new Map(classNames.map((name, index) => [name, index]));
  const wrong = own.findIndex((text) => !indices.has(text));
  if (wrong !== -1) {
    throw new InputError(
      `Cannot read data: ${place(values.indexOf(wrong))}: a label must be one of ${
        quotedList(classNames)
      }, found ${quoted(own[wrong])}${nearMiss(own[wrong], classNames)}`,
    );
  }
  const codes = own.map((text) => indices.get(text)!);
  const labels = new Int32Array(values.length);
  for (let row = 0; row < labels.length; row++) {
    labels[row] = Number.isNaN(values[row]) ? -1 : codes[values[row]];
  }
  return { classNames, labels };
}

function foundClasses(texts: readonly string[], name: string): readonly string[] {
  const distinct = [...new Set(texts)];
  if (distinct.length < 2 || distinct.length > MOST_CLASSES) {
    throw new InputError(
      `Cannot use data: the label ${
        quoted(name)
      } must have 2 to ${MOST_CLASSES} classes, found ${distinct.length}${
        distinct.length === 1 ? `, ${quoted(distinct[0])}` : ""
      }`,
    );
  }
  const areNumbers = distinct.every(isDecimal);
  return areNumbers ? distinct.sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1)) : distinct.sort();
}
