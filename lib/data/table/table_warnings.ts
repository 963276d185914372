import type { Warning } from "../../core/check/warning.ts";
import { counted } from "../../core/text/counted.ts";
import { quoted, quotedList } from "../../core/text/quoted.ts";
import type { Dataset } from "../base/dataset.ts";
import type { PreparedColumn } from "../base/preparation.ts";
import type { RawColumn } from "../base/raw_column.ts";
import { scaled } from "../preparation/learn_scale.ts";
import { type ColumnFacts, columnFacts, SAMPLED } from "../profile/column_facts.ts";
import { sharedRows } from "../profile/shared_rows.ts";
import { columnWarning } from "../csv/column_warning.ts";
import type { OpenedTable } from "./open_table.ts";

/** A category of a row that no training row has. */
export interface Unseen {
  readonly split: "train" | "validation" | "test";
  readonly column: string;
  readonly text: string;
}

/** What is needed besides the opened table. */
export interface WarningsOptions {
  readonly dataset: Dataset;
  /** What was found in each column. */
  readonly found: readonly FoundColumn[];
  readonly unseen: readonly Unseen[];
}

/** A class of fewer rows says little, in training and in the test. */
const FEW_ROWS = 10;

/** Texts that stand for a missing value in many tables. */
const MARKERS: readonly string[] = [
  "?",
  "-",
  "NA",
  "N/A",
  "na",
  "n/a",
  "nan",
  "NaN",
  "null",
  "NULL",
  "None",
  ".",
];

/**
 * Returns warnings of a table for readers of its results: columns that are an id, give the label away, are constant, hold
 * unmarked missing values or lose numbers in float32; categories that no training row has; rows that splits share; rare classes.
 */
export function tableWarnings(
  opened: OpenedTable,
  { dataset, unseen, found }: WarningsOptions,
): readonly Warning[] {
  return [
    ...factWarnings(found),
    ...unseenWarnings(unseen),
    ...sharedWarnings(dataset),
    ...rareClasses(opened),
  ];
}

/** Returns the rows of all splits, in the order of the table. */
export function usedRows({ divided: { train, validation, test } }: Pick<OpenedTable, "divided">): Int32Array {
  const rows = new Int32Array(train.length + validation.length + test.length);
  rows.set(train);
  rows.set(validation, train.length);
  rows.set(test, train.length + validation.length);
  return rows.sort();
}

/** What was found in a column. */
export interface FoundColumn {
  readonly name: string;
  readonly facts: ColumnFacts;
  /** Its distinct texts; none if it has numbers. */
  readonly texts: readonly string[];
  /** Distinct numbers of the first training rows. Default: none. */
  readonly distinct?: number;
  /** Those of them that the features keep apart. Default: none. */
  readonly left?: number;
}

/** What is needed besides the column. */
export interface FindOptions {
  readonly prepared: PreparedColumn;
  /** The training rows. */
  readonly trained: Int32Array;
  /** The rows of all splits, and the class of each row of the table. */
  readonly rows: Int32Array;
  readonly labels: Int32Array;
}

/** Returns what was found in a column. */
export function findColumn(column: RawColumn, { prepared, trained, rows, labels }: FindOptions): FoundColumn {
  const facts = columnFacts(column, { rows, labels });
  return { name: column.name, facts, texts: column.texts ?? [], ...lossOf(column, { prepared, trained }) };
}

function lossOf(
  { values }: RawColumn,
  { prepared, trained }: Pick<FindOptions, "prepared" | "trained">,
): Pick<FoundColumn, "distinct" | "left"> {
  if (prepared.kind !== "numeric") return { distinct: 0, left: 0 };
  const distinct = new Set<number>();
  for (const row of trained.subarray(0, SAMPLED)) if (!Number.isNaN(values[row])) distinct.add(values[row]);
  const left = new Set<number>();
  for (const value of distinct) left.add(Math.fround(scaled(value, prepared.scale)));
  return { distinct: distinct.size, left: left.size };
}

/** A smaller share is the loss of digits of small numbers beside large ones, which affects no net. */
const MOST_LOST = 0.1;

/** Returns warnings of columns for what their values show. */
export function factWarnings(found: readonly FoundColumn[]): readonly Warning[] {
  const where = (own: readonly FoundColumn[]) => own.map(({ name }) => `column ${quoted(name)}`);
  const of = (holds: (it: FoundColumn) => boolean) => found.filter(holds);
  const equal = of(({ facts }) => facts.label === "equals");
  const determining = of(({ facts }) => facts.label === "determines");
  const ids = of(({ facts }) => facts.isId);
  const constant = of(({ facts }) => facts.isConstant);
  const markerOf = ({ texts }: FoundColumn) => texts.find((text) => MARKERS.includes(text.trim()));
  const marked = of((it) => markerOf(it) !== undefined);
  const merged = of(({ distinct = 0, left = 0 }) => distinct - left > MOST_LOST * distinct);
  return [
    ...columnWarning(
      "label_copy",
      where(equal),
      () => "it has a value of its own for each class: it is the label under another name",
    ),
    ...columnWarning(
      "label_determined",
      where(determining),
      () =>
        `each of its ${
          determining[0].facts.distinct
        } values is of one class: it may be known only after the label`,
    ),
    ...columnWarning(
      "id_column",
      where(ids),
      () => "each row has another value, as of an id: a net learns single rows from it; drop it if it is one",
    ),
    ...columnWarning(
      "constant_column",
      where(constant),
      () => "all of its values are the same: it says nothing",
    ),
    ...columnWarning(
      "unmarked_missing",
      where(marked),
      () =>
        `${
          quoted(markerOf(marked[0])!)
        } is taken for a category; if it stands for a missing value, declare it in missing.markers`,
    ),
    ...columnWarning(
      "merged_numbers",
      where(merged),
      () =>
        `scaled in float32, ${merged[0].left} of its ${
          merged[0].distinct
        } distinct numbers stay apart: others are too large beside them`,
    ),
  ];
}

const TITLES = { train: "training split", validation: "validation split", test: "test split" } as const;

function unseenWarnings(unseen: readonly Unseen[]): readonly Warning[] {
  return [...Map.groupBy(unseen, ({ column, split }) => `${TITLES[split]}, column ${quoted(column)}`)].map(
    ([where, own]) => ({
      code: "unseen_category",
      where,
      message: `no training row has ${
        quotedList(own.map(({ text }) => text))
      }: all features of the column are 0 there`,
    }),
  );
}

function sharedWarnings({ train, validation, test }: Dataset): readonly Warning[] {
  return ([["validation", validation], ["test", test]] as const).flatMap(
    ([name, split]): readonly Warning[] => {
      const { count, first } = sharedRows(train, split);
      if (count === 0) return [];
      const line = split.lines?.[first];
      const message =
        `${count} of its ${counted(split.n, "row")} ${
          count === 1 ? "has" : "have"
        } the features of a training row` +
        `${line === undefined ? "" : `, first on line ${line}`}: a net may have learned them`;
      return [{ code: "shared_rows", where: TITLES[name], message }];
    },
  );
}

function rareClasses({ classNames, labels, divided }: OpenedTable): readonly Warning[] {
  const counts = new Float64Array(classNames.length);
  for (const row of usedRows({ divided })) counts[labels[row]] += 1;
  const rare = classNames.flatMap((name, label) =>
    counts[label] > 0 && counts[label] < FEW_ROWS ? [{ name, label }] : []
  );
  if (rare.length === 0) return [];
  const [{ name, label }] = rare;
  const more = rare.length === 1
    ? ""
    : ` and ${counted(rare.length - 1, "more class").replace(/classs$/, "classes")}`;
  const message = `it has ${
    counted(counts[label], "row")
  } in all splits together: its share of an accuracy is chance`;
  return [{ code: "rare_class", where: `class ${quoted(name)}${more}`, message }];
}
