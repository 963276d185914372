import { InputError } from "../../core/check/errors.ts";
import { quoted } from "../../core/text/quoted.ts";
import type { TableSpec } from "../base/data_spec.ts";
import type { RawColumn } from "../base/raw_column.ts";
import type { RawTable } from "../reading/raw_table.ts";
import { type DividedRows, divideRows } from "../splits/divide_rows.ts";
import { fixedSplits } from "../splits/fixed_splits.ts";
import { splitSizes } from "../splits/split_sizes.ts";

/** What decides the splits of a table. */
export interface Division {
  readonly raw: RawTable;
  readonly spec: TableSpec;
  /** The rows that are used. */
  readonly rows: Int32Array;
  /** The class of each row of the table. */
  readonly labels: Int32Array;
  /** The number of each row's group; null without groups. */
  readonly groups: Int32Array | null;
  /** The first row of the test files; the number of rows if there are none. */
  readonly firstTest: number;
  /** Returns the location of a row, for messages. */
  readonly placeOf: (row: number) => string;
}

/**
 * Divides the rows of a table as its declaration says: by a column, by files, and otherwise by {@link divideRows}.
 *
 * @throws {InputError} If rows or groups do not suffice, or a row says no split or no time.
 */
export async function divideTable(division: Division): Promise<DividedRows> {
  const { raw, spec, rows, firstTest, placeOf } = division;
  const { splitColumn } = spec;
  const fixed = splitColumn === undefined
    ? {
      train: firstTest === raw.rows ? rows : rows.filter((row) => row < firstTest),
      validation: [],
      test: firstTest === raw.rows ? new Int32Array() : rows.filter((row) => row >= firstTest),
    }
    : fixedSplits(await raw.column(splitColumn.column), { rows, declared: splitColumn, placeOf });
  const hasTestRows = splitColumn !== undefined || firstTest < raw.rows;
  const hasValidationRows = fixed.validation.length > 0;
  const divided = hasValidationRows
    ? { train: fixed.train, validation: new Int32Array(), test: new Int32Array() }
    : await divideRest(fixed.train, { ...division, hasTestRows });
  const found = {
    train: divided.train,
    validation: hasValidationRows ? Int32Array.from(fixed.validation) : divided.validation,
    test: hasTestRows ? fixed.test : divided.test,
  };
  for (const split of ["train", "validation", "test"] as const) {
    if (found[split].length > 0) continue;
    throw new InputError(
      `Cannot use data: the ${NAMES[split]} split must have a row, found none: ${
        spec.groups === undefined ? "all of them were left out" : "there are too few groups"
      }`,
    );
  }
  return found;
}

const NAMES = { train: "training", validation: "validation", test: "test" } as const;

interface Rest extends Division {
  readonly hasTestRows: boolean;
}

async function divideRest(rows: Int32Array, options: Rest): Promise<DividedRows> {
  const { raw, spec, labels, groups, hasTestRows, placeOf } = options;
  const { seed, byTime, stratify = true } = spec;
  const sizes = splitSizes(spec, { rows: rows.length, hasTestRows });
  return divideRows({
    rows,
    sizes,
    seed,
    ...groups === null ? {} : { groups },
    ...stratify && spec.label !== undefined ? { labels } : {},
    ...byTime === undefined ? {} : { times: timesOf(await raw.column(byTime), { rows, placeOf }) },
  });
}

function timesOf(
  { name, type, values, texts }: RawColumn,
  { rows, placeOf }: Pick<Division, "rows" | "placeOf">,
): Float64Array {
  if (type === "text") {
    throw new InputError(
      `Cannot use data: data.byTime must name a column of dates or numbers, found ${
        quoted(name)
      }, which has texts such as ${quoted(texts?.[0] ?? "")}; declare its format in data.columns`,
    );
  }
  const lacking = rows.find((row) => Number.isNaN(values[row]));
  if (lacking === undefined) return values;
  throw new InputError(
    `Cannot read data: ${placeOf(lacking)}, column ${quoted(name)}: a time must be given, found none`,
  );
}
