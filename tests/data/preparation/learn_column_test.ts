import { assertEquals, assertThrows } from "@std/assert";
import type { RawColumn } from "../../../lib/data/base/raw_column.ts";
import { InputError } from "../../../lib/core/check/errors.ts";
import { columnFeatures } from "../../../lib/data/base/preparation.ts";
import type { ColumnPlan, Fill } from "../../../lib/data/preparation/column_plan.ts";
import { learnColumn } from "../../../lib/data/preparation/learn_column.ts";
import { prepareColumn } from "../../../lib/data/preparation/prepare_column.ts";
import { dateColumn, numberColumn, placeOf, rowsFrom, textColumn } from "./raw_columns.ts";

interface Fixture {
  readonly trained: number;
  readonly numbers: Readonly<Record<string, readonly (number | null)[]>>;
  readonly cases: readonly {
    readonly column: string;
    readonly scaling: "standardize" | "minMax" | "robust" | "log1p" | "none";
    readonly missing: string;
    readonly expected: readonly (readonly number[])[];
  }[];
  readonly texts: { readonly values: readonly string[]; readonly expected: readonly (readonly number[])[] };
  readonly levels: {
    readonly values: readonly string[];
    readonly order: readonly string[];
    readonly expected: readonly (readonly number[])[];
  };
}

const FIXTURE: Fixture = JSON.parse(
  Deno.readTextFileSync(new URL("../../golden/fixtures/preparation.json", import.meta.url)),
);

/** Learns a column on the first rows, and returns the features of all of them in float64. */
function features(
  column: RawColumn,
  { plan, trained }: { readonly plan: ColumnPlan; readonly trained: number },
) {
  const n = column.values.length;
  const prepared = learnColumn(column, { plan, rows: rowsFrom(0, trained), placeOf });
  const inputDim = columnFeatures(prepared).length;
  const x = new Float64Array(n * inputDim);
  prepareColumn(column, { prepared, rows: rowsFrom(0, n), x, inputDim, at: 0, placeOf });
  return Array.from({ length: n }, (_, row) => [...x.subarray(row * inputDim, (row + 1) * inputDim)]);
}

function assertClose(found: readonly (readonly number[])[], expected: readonly (readonly number[])[]): void {
  assertEquals(found.map((row) => row.length), expected.map((row) => row.length));
  found.forEach((row, i) =>
    row.forEach((value, j) => {
      const wanted = expected[i][j];
      if (Math.abs(value - wanted) <= 1e-12 * Math.max(1, Math.abs(wanted))) return;
      throw new Error(`row ${i}, feature ${j}: found ${value}, scikit-learn has ${wanted}`);
    })
  );
}

for (const { column, scaling, missing, expected } of FIXTURE.cases) {
  Deno.test(`learnColumn() agrees with scikit-learn when ${column} is filled by ${missing} and scaled by ${scaling}`, () => {
    const fill = missing === "constant" ? { constant: 1.5 } : missing as Fill;
    const plan = { name: column, kind: "numeric", missing: fill, scaling } as const;
    const found = features(numberColumn(column, FIXTURE.numbers[column]), { plan, trained: FIXTURE.trained });
    assertClose(found, expected);
  });
}

Deno.test("learnColumn() agrees with scikit-learn's one-hot encoding when rows have a text that training rows lack", () => {
  const { values, expected } = FIXTURE.texts;
  const plan = { name: "text", kind: "categorical", missing: "indicator", unseen: "zero" } as const;
  assertEquals(features(textColumn("text", values), { plan, trained: FIXTURE.trained }), expected);
});

Deno.test("learnColumn() agrees with scikit-learn when an ordinal column is standardized", () => {
  const { values, order, expected } = FIXTURE.levels;
  const plan = { name: "level", kind: "ordinal", order, missing: "median", scaling: "standardize" } as const;
  assertClose(features(textColumn("level", values), { plan, trained: FIXTURE.trained }), expected);
});

const POISON = [1e300, -1e300, 0.1, 7, null] as const;

Deno.test("learnColumn() learns the same bits when the rows that are not for training hold anything else", () => {
  const scalings = ["standardize", "minMax", "robust", "none"] as const;
  const fills = ["mean", "median", "mostFrequent", "indicator", { constant: 2 }] as const;
  const own = [3, null, 1.5, 1.5, 9, -2];
  for (const scaling of scalings) {
    for (const missing of fills) {
      const plan = { name: "x", kind: "numeric", missing, scaling } as const;
      const learn = (rest: readonly (number | null)[]) =>
        learnColumn(numberColumn("x", [...own, ...rest]), { plan, rows: rowsFrom(0, own.length), placeOf });
      assertEquals(learn(POISON), learn([1, 1, 1, 1, 1]));
    }
  }
  for (const missing of ["mostFrequent", "indicator"] as const) {
    const plan = { name: "t", kind: "categorical", missing, unseen: "zero" } as const;
    const learn = (rest: readonly (string | null)[]) =>
      learnColumn(textColumn("t", ["b", "a", null, "b", ...rest]), { plan, rows: rowsFrom(0, 4), placeOf });
    assertEquals(learn(["zz", null, "zz", "zz"]), learn(["a", "a", "b", "b"]));
  }
});

Deno.test("learnColumn() makes a category of missing values when training rows lack some, and of a constant", () => {
  const column = textColumn("t", ["b", null, "a", "b"]);
  const plan = { name: "t", kind: "categorical", unseen: "zero" } as const;
  const options = { rows: rowsFrom(0, 4), placeOf };
  const marked = learnColumn(column, { ...options, plan: { ...plan, missing: "indicator" } });
  assertEquals(columnFeatures(marked), ["t=a", "t=b", "t is missing"]);
  const constant = learnColumn(column, { ...options, plan: { ...plan, missing: { constant: "none" } } });
  assertEquals(columnFeatures(constant), ["t=a", "t=b", "t=none"]);
  const whole = learnColumn(column, {
    ...options,
    rows: rowsFrom(2, 4),
    plan: { ...plan, missing: "indicator" },
  });
  assertEquals(columnFeatures(whole), ["t=a", "t=b"]);
});

Deno.test("learnColumn() counts truth values and days when they are declared", () => {
  const truths = textColumn("alive", ["Yes", "no", null, "TRUE"]);
  const plan = { name: "alive", kind: "boolean", missing: "mostFrequent" } as const;
  assertEquals(features(truths, { plan, trained: 4 }), [[1], [0], [1], [1]]);
  const days = dateColumn("day", [20_000, 20_010, null, 20_004]);
  const dated = {
    name: "day",
    kind: "date",
    missing: "mostFrequent",
    parts: ["days"],
    scaling: "none",
  } as const;
  assertEquals(features(days, { plan: dated, trained: 4 }), [[0], [10], [0], [4]]);
});

const WRONG: readonly (readonly [string, RawColumn, ColumnPlan, string])[] = [
  [
    "no training row has a number",
    numberColumn("x", [null, null, 3]),
    { name: "x", kind: "numeric", missing: "median", scaling: "none" },
    'Cannot use data: column "x" must have a value in a training row, found none; drop it',
  ],
  [
    "no training row has a text",
    textColumn("t", [null, null, "a"]),
    { name: "t", kind: "categorical", missing: "indicator", unseen: "zero" },
    'Cannot use data: column "t" must have a value in a training row, found none; drop it',
  ],
  [
    "numbers are too large",
    numberColumn("x", [1e300, -1e300, 3]),
    { name: "x", kind: "numeric", missing: "median", scaling: "standardize" },
    'Cannot use data: column "x" has numbers that are too large to scale; if one of them marks missing values, declare it in missing.markers',
  ],
  [
    "a number has no logarithm",
    numberColumn("x", [1, -1, 3]),
    { name: "x", kind: "numeric", missing: "median", scaling: "log1p" },
    'Cannot use data: column "x" must have numbers above -1 for log1p, found -1',
  ],
  [
    "a constant is of another kind",
    numberColumn("x", [1, null, 3]),
    { name: "x", kind: "numeric", missing: { constant: "none" }, scaling: "none" },
    'Cannot use data: column "x" must have a constant of its own kind for missing values, found "none"',
  ],
  [
    "a text is not of the order",
    textColumn("size", ["S", "XL", "M"]),
    { name: "size", kind: "ordinal", order: ["S", "M"], missing: "median", scaling: "none" },
    'Cannot read data: t.csv line 3, column "size": a value must be one of "S", "M", found "XL"',
  ],
  [
    "a text is no truth value",
    textColumn("alive", ["yes", "no", "maybe"]),
    { name: "alive", kind: "boolean", missing: "mostFrequent" },
    'Cannot read data: t.csv line 4, column "alive": a value must be a truth value, such as true or no, found "maybe"',
  ],
];

for (const [when, column, plan, message] of WRONG) {
  Deno.test(`learnColumn() throws when ${when}`, () => {
    assertThrows(() => learnColumn(column, { plan, rows: rowsFrom(0, 2), placeOf }), InputError, message);
  });
}
