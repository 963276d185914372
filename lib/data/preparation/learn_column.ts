import { InputError } from "../../core/check/errors.ts";
import { quoted } from "../../core/text/quoted.ts";
import type { DatePart } from "../base/column_spec.ts";
import type { RawColumn } from "../base/raw_column.ts";
import { dateReader } from "../text/date_reader.ts";
import { dateParts } from "../text/date_parts.ts";
import { truthOf } from "./boolean_words.ts";
import { type RowPlace, textNumbers } from "./column_numbers.ts";
import type { ColumnPlan, Fill } from "./column_plan.ts";
import { learnFill } from "./learn_fill.ts";
import { learnScale } from "./learn_scale.ts";
import type { ColumnBase, PreparedCategories, PreparedColumn, PreparedDate } from "../base/preparation.ts";

/** Options of {@link learnColumn}. */
export interface LearnOptions {
  readonly plan: ColumnPlan;
  /** The training rows in their order: all that is learned is learned from them. */
  readonly rows: Int32Array;
  readonly placeOf: RowPlace;
}

/**
 * Learns how a column becomes features, on training rows alone: what fills missing values, then the scale of the filled
 * numbers, or the categories.
 *
 * @throws {InputError} If the training rows have no value, or one that does not fit the column's kind.
 */
export function learnColumn(column: RawColumn, options: LearnOptions): PreparedColumn {
  const { plan } = options;
  return plan.kind === "categorical" ? learnCategories(column, options) : learnNumbers(column, options);
}

function learnNumbers(column: RawColumn, { plan, rows, placeOf }: LearnOptions): PreparedColumn {
  if (plan.kind === "categorical") throw new TypeError("categories are no numbers");
  const { name, missing } = plan;
  const numbers = textNumbers(column, { ...plan, placeOf });
  const values = numbersAt(column, { rows, numbers });
  const present = withoutMissing(values);
  const base = baseOf({ name, missing }, values.length - present.length);
  const fill = learnFill(present, { name, missing, numberOf: constantReader(plan) });
  const filled = present.length === values.length ? values : withFill(values, fill);
  if (plan.kind === "boolean") return { kind: "boolean", ...base, fill };
  if (plan.kind === "date") return learnDate({ plan, base, fill, filled, present });
  const scale = learnScale(filled, plan);
  return plan.kind === "ordinal"
    ? { kind: "ordinal", ...base, order: plan.order, fill, scale }
    : { kind: "numeric", ...base, fill, scale };
}

interface NumberRows {
  readonly rows: Int32Array;
  /** The numbers of the texts, if the column has texts. */
  readonly numbers: Float64Array | null;
}

function numbersAt({ values }: RawColumn, { rows, numbers }: NumberRows): Float64Array {
  const found = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]];
    // NaN is equal to nothing.
    found[i] = numbers === null || value !== value ? value : numbers[value];
  }
  return found;
}

function withoutMissing(values: Float64Array): Float64Array {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i] === values[i]) count++;
  if (count === values.length) return values;
  const present = new Float64Array(count);
  let at = 0;
  for (let i = 0; i < values.length; i++) if (values[i] === values[i]) present[at++] = values[i];
  return present;
}

function withFill(values: Float64Array, fill: number): Float64Array {
  const filled = values.slice();
  for (let i = 0; i < filled.length; i++) if (filled[i] !== filled[i]) filled[i] = fill;
  return filled;
}

function baseOf({ name, missing }: Pick<ColumnPlan, "name" | "missing">, lacking: number): ColumnBase {
  return { name, isMarked: missing === "indicator" && lacking > 0, isRequired: missing === "dropRow" };
}

/** Returns the reader of a declared constant, as the values of the column are read. */
function constantReader(plan: ColumnPlan): (constant: number | string) => number | null {
  if (plan.kind === "date") {
    const read = dateReader(plan.format);
    return (constant) => typeof constant === "string" ? read(constant) : null;
  }
  if (plan.kind === "boolean") return (constant) => truthOf(String(constant));
  if (plan.kind !== "ordinal") return (constant) => typeof constant === "number" ? constant : null;
  return (constant) => {
    const place = plan.order.indexOf(String(constant));
    return place === -1 ? null : place;
  };
}

interface DateValues {
  readonly plan: Extract<ColumnPlan, { readonly kind: "date" }>;
  readonly base: ColumnBase;
  readonly fill: number;
  /** Of the training rows in their order. */
  readonly filled: Float64Array;
  readonly present: Float64Array;
}

function learnDate({ plan, base, fill, filled, present }: DateValues): PreparedDate {
  const { name, format, parts, scaling } = plan;
  const first = present.reduce((least, day) => Math.min(least, day), present[0] ?? fill);
  return {
    kind: "date",
    ...base,
    ...format === undefined ? {} : { format },
    fill,
    first,
    parts: parts.map((part) => {
      const values = filled.map((day) => partOf(day, { part, first }));
      return { part, scale: learnScale(values, { name: `${name}.${part}`, scaling }) };
    }),
  };
}

/** Returns a part of a date, which is in days since 1970-01-01. */
export function partOf(
  day: number,
  { part, first }: { readonly part: DatePart; readonly first: number },
): number {
  return part === "days" ? day - first : dateParts(day)[part];
}

function learnCategories(column: RawColumn, { plan, rows }: LearnOptions): PreparedCategories {
  if (plan.kind !== "categorical") throw new TypeError("numbers are no categories");
  const { name, missing, categories, unseen } = plan;
  const texts = column.texts ?? [];
  const counts = new Float64Array(texts.length);
  let lacking = 0;
  for (const row of rows) {
    const code = column.values[row];
    if (Number.isNaN(code)) lacking += 1;
    else counts[code] += 1;
  }
  const constant = typeof missing === "object" && lacking > 0 ? [String(missing.constant)] : [];
  const seen = [...new Set([...texts.filter((_, code) => counts[code] > 0), ...constant])].sort();
  const used = categories ?? seen;
  if (used.length === 0) {
    throw new InputError(
      `Cannot use data: column ${quoted(name)} must have a value in a training row, found none; drop it`,
    );
  }
  return {
    kind: "categorical",
    ...baseOf({ name, missing }, lacking),
    categories: used,
    fill: categoryFill(missing, { name, seen, countOf: (text) => counts[texts.indexOf(text)] }),
    isClosed: unseen === "error",
  };
}

interface Counted {
  readonly name: string;
  /** Sorted. */
  readonly seen: readonly string[];
  readonly countOf: (text: string) => number;
}

/** Returns the most frequent category, the first in order of equally frequent ones, or the declared one. */
function categoryFill(missing: Fill, { seen, countOf }: Counted): string | null {
  if (typeof missing === "object") return String(missing.constant);
  if (missing !== "mostFrequent") return null;
  const most = seen.reduce((best, text) => Math.max(best, countOf(text)), 0);
  return seen.find((text) => countOf(text) === most) ?? null;
}
