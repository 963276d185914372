import type { DatePart } from "./column_spec.ts";

/** How a table's columns become the features of a net: plain JSON, learned on training rows alone. */
export interface Preparation {
  /** In the order of the table. */
  readonly columns: readonly PreparedColumn[];
}

/** How a column becomes features. */
export type PreparedColumn =
  | PreparedNumbers
  | PreparedOrdinal
  | PreparedBoolean
  | PreparedDate
  | PreparedCategories;

/** What every prepared column has. */
export interface ColumnBase {
  /** Its name in the table. */
  readonly name: string;
  /** Whether a last feature says that the value is missing, 1 if it is: only where training rows lack some. */
  readonly isMarked: boolean;
  /** Whether a missing value is an error: the rows that lack it were dropped. */
  readonly isRequired: boolean;
}

/** Maps a number v to (v - offset) / divisor, or first to ln(1 + v). */
export interface Scale {
  /** Whether the number is replaced by ln(1 + v) first. */
  readonly isLogarithmic: boolean;
  /** What is subtracted. */
  readonly offset: number;
  /** What the difference is divided by, never 0. */
  readonly divisor: number;
}

/** Numbers: one feature. */
export interface PreparedNumbers extends ColumnBase {
  /** Its kind. */
  readonly kind: "numeric";
  /** Takes the place of a missing value, before it is scaled. */
  readonly fill: number;
  /** How the numbers are scaled. */
  readonly scale: Scale;
}

/** Texts of a declared order, as 0, 1, 2, …: one feature. */
export interface PreparedOrdinal extends ColumnBase {
  /** Its kind. */
  readonly kind: "ordinal";
  /** The texts, the lowest first. */
  readonly order: readonly string[];
  /** Takes the place of a missing value, before it is scaled. */
  readonly fill: number;
  /** How its numbers are scaled. */
  readonly scale: Scale;
}

/** Truth values, as 0 and 1: one feature. */
export interface PreparedBoolean extends ColumnBase {
  /** Its kind. */
  readonly kind: "boolean";
  /** Takes the place of a missing value. */
  readonly fill: number;
}

/** Dates: a feature for each part. */
export interface PreparedDate extends ColumnBase {
  /** Its kind. */
  readonly kind: "date";
  /** How they are written, if declared; else ISO 8601. */
  readonly format?: string;
  /** Takes the place of a missing date, in days since 1970-01-01. */
  readonly fill: number;
  /** The first date of the training rows, in days since 1970-01-01: "days" are counted from it. */
  readonly first: number;
  /** A feature each. */
  readonly parts: readonly PreparedPart[];
}

/** A part of a date, and how it is scaled. */
export interface PreparedPart {
  /** What is taken. */
  readonly part: DatePart;
  /** How it is scaled. */
  readonly scale: Scale;
}

/** Texts: a feature for each category, 1 for its own and 0 for all others. */
export interface PreparedCategories extends ColumnBase {
  /** Its kind. */
  readonly kind: "categorical";
  /** In the order of their features. */
  readonly categories: readonly string[];
  /** Takes the place of a missing value; null leaves all features of the categories 0. */
  readonly fill: string | null;
  /** Whether a category that is none of these is an error; else all features are 0. */
  readonly isClosed: boolean;
}

/** Returns the names of the features of a column, in their order. */
export function columnFeatures(column: PreparedColumn): readonly string[] {
  const { name, isMarked } = column;
  return [...ownFeatures(column), ...isMarked ? [`${name} is missing`] : []];
}

function ownFeatures(column: PreparedColumn): readonly string[] {
  const { name } = column;
  if (column.kind === "categorical") return column.categories.map((category) => `${name}=${category}`);
  if (column.kind === "date") return column.parts.map(({ part }) => `${name}.${part}`);
  return [name];
}

/** Returns the names of the features of a preparation, in their order. */
export function featureNames({ columns }: Preparation): readonly string[] {
  return columns.flatMap(columnFeatures);
}
