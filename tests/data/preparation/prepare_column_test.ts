import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { prepareColumn } from "../../../lib/data/preparation/prepare_column.ts";
import { numberColumn, placeOf, rowsFrom, textColumn } from "./raw_columns.ts";

const IDENTITY = { isLogarithmic: false, offset: 0, divisor: 1 };
const NUMBERS = {
  kind: "numeric",
  name: "x",
  isMarked: false,
  isRequired: false,
  fill: 0,
  scale: IDENTITY,
} as const;
const TEXTS = {
  kind: "categorical",
  name: "t",
  isMarked: false,
  isRequired: false,
  categories: ["a", "b"],
  fill: null,
  isClosed: false,
} as const;

Deno.test("prepareColumn() rounds each feature once when it writes float32", () => {
  const scale = { isLogarithmic: false, offset: 1_700_000_000, divisor: 3 };
  const x = new Float32Array(4);
  const column = numberColumn("x", [1_700_000_001, 1_700_000_002]);
  prepareColumn(column, {
    prepared: { ...NUMBERS, scale },
    rows: rowsFrom(0, 2),
    x,
    inputDim: 2,
    at: 1,
    placeOf,
  });
  assertEquals([...x], [0, Math.fround(1 / 3), 0, Math.fround(2 / 3)]);
});

Deno.test("prepareColumn() leaves the features of a category 0 and reports it once when no training row has it", () => {
  const x = new Float32Array(10).fill(9);
  const unseen: string[] = [];
  prepareColumn(textColumn("t", ["b", "z", null, "z", "a"]), {
    ...{ prepared: TEXTS, rows: rowsFrom(0, 5), x, inputDim: 2, at: 0, placeOf },
    onUnseen: (text) => unseen.push(text),
  });
  assertEquals([...x], [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]);
  assertEquals(unseen, ["z"]);
});

const WRONG = [
  [
    "a category is not of a closed list",
    textColumn("t", ["a", "z"]),
    { ...TEXTS, isClosed: true },
    'Cannot read data: t.csv line 3, column "t": a value must be one of "a", "b", found "z"',
  ],
  [
    "a required value is missing",
    numberColumn("x", [1, null]),
    { ...NUMBERS, isRequired: true },
    'Cannot read data: t.csv line 3, column "x": a value must be given, found none: rows without one were dropped from training',
  ],
  [
    "a number is beyond float32",
    numberColumn("x", [1, 1e39]),
    NUMBERS,
    'Cannot read data: t.csv line 3, column "x": a feature must be within float32 when it is scaled, found 1e+39',
  ],
  [
    "a number has no logarithm",
    numberColumn("x", [1, -2]),
    { ...NUMBERS, scale: { ...IDENTITY, isLogarithmic: true } },
    'Cannot read data: t.csv line 3, column "x": a feature must be a number above -1, for log1p, found -2',
  ],
] as const;

for (const [when, column, prepared, message] of WRONG) {
  Deno.test(`prepareColumn() throws when ${when}`, () => {
    const x = new Float32Array(4);
    const options = { prepared, rows: rowsFrom(0, 2), x, inputDim: 2, at: 0, placeOf };
    assertThrows(() => prepareColumn(column, options), InputError, message);
  });
}
