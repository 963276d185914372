import { InputError } from "../../core/check/errors.ts";
import { quoted } from "../../core/text/quoted.ts";
import type { ColumnKind, ColumnSpec } from "../base/column_spec.ts";
import type { TableSpec } from "../base/data_spec.ts";
import type { ColumnType, RawColumn } from "../base/raw_column.ts";
import { truthOf } from "../preparation/boolean_words.ts";
import type { ColumnPlan } from "../preparation/column_plan.ts";

/** How columns of each kind are read. */
const TYPES: Readonly<Record<ColumnKind, ColumnType>> = {
  numeric: "number",
  categorical: "text",
  ordinal: "text",
  boolean: "text",
  date: "date",
};

/** Texts of a column of categories that nobody declared: more are names or notes. */
const MOST_CATEGORIES = 1000;

/** What is declared of a table that is read. */
export type ReadSpec = Omit<TableSpec, "kind" | "seed">;

/** Returns how the columns of a declaration are read, where that is decided before. */
export function declaredTypes(
  { label, target = [], labels = [], groups, weight, splitColumn, columns = {} }: ReadSpec,
): Readonly<Record<string, ColumnType>> {
  const kinds = Object.entries(columns).flatMap(([name, { kind }]): readonly [string, ColumnType][] =>
    kind === undefined ? [] : [[name, TYPES[kind]]]
  );
  const texts = [label, ...labels, groups, splitColumn?.column].filter((name) => name !== undefined);
  return Object.fromEntries([
    ...kinds,
    ...texts.map((name): [string, ColumnType] => [name, "text"]),
    ...[...target, ...weight === undefined ? [] : [weight]].map((
      name,
    ): [string, ColumnType] => [name, "number"]),
  ]);
}

/** Returns how a column is prepared: as declared, else by the kind that its values have. */
export function planColumn(
  column: Pick<RawColumn, "name" | "type" | "texts">,
  spec: Pick<TableSpec, "columns" | "missing" | "scaling" | "unseen">,
): ColumnPlan {
  const { name } = column;
  const { columns = {} } = spec;
  const declared: ColumnSpec = Object.hasOwn(columns, name) ? columns[name] : {};
  const kind = declared.kind ?? foundKind(column);
  const { missing = {}, scaling: common = "standardize", unseen = "zero" } = spec;
  const scaling = declared.scaling ?? common;
  const numeric = { name, scaling, missing: declared.missing ?? missing.numeric ?? "median" };
  const text = { name, missing: declared.missing ?? missing.categorical ?? "indicator" };
  switch (kind) {
    case "numeric":
      return { kind, ...numeric };
    case "ordinal":
      return { kind, ...numeric, order: declared.order ?? [] };
    case "date":
      return { kind, ...numeric, parts: declared.parts ?? ["days"], ...formatOf(declared) };
    case "boolean":
      return { kind, ...text };
    case "categorical":
      return { kind, ...text, unseen: declared.unseen ?? unseen, ...categoriesOf(declared) };
  }
}

function formatOf({ format }: ColumnSpec): Pick<ColumnSpec, "format"> {
  return format === undefined ? {} : { format };
}

function categoriesOf({ categories }: ColumnSpec): Pick<ColumnSpec, "categories"> {
  return categories === undefined ? {} : { categories };
}

function foundKind({ name, type, texts }: Pick<RawColumn, "name" | "type" | "texts">): ColumnKind {
  if (type === "number") return "numeric";
  if (type === "date") return "date";
  const found = texts ?? [];
  const truths = found.map(truthOf);
  if (found.length === 2 && truths.includes(0) && truths.includes(1)) return "boolean";
  if (found.length <= MOST_CATEGORIES) return "categorical";
  throw new InputError(
    `Cannot use data: column ${
      quoted(name)
    } must have at most ${MOST_CATEGORIES} distinct texts, found ${found.length}; drop it, or declare its kind in data.columns`,
  );
}
