import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { fixedSplits } from "../../../lib/data/splits/fixed_splits.ts";
import { placeOf, rowsFrom, textColumn } from "../preparation/raw_columns.ts";

Deno.test("fixedSplits() returns the rows of each split in the order of the table when a column says them", () => {
  const column = textColumn("split", ["test", "train", "dev", "train", "test"]);
  const { train, validation, test } = fixedSplits(column, {
    rows: rowsFrom(0, 5),
    declared: { column: "split", validation: "dev" },
    placeOf,
  });
  assertEquals([[...train], [...validation], [...test]], [[1, 3], [2], [0, 4]]);
});

const WRONG = [
  ["a text names no split", ["train", "holdout", "test"], "t.csv line 3", 'found "holdout"'],
  ["a field is blank", ["train", "test", null], "t.csv line 4", "found none"],
] as const;

for (const [when, values, place, found] of WRONG) {
  Deno.test(`fixedSplits() throws when ${when}`, () => {
    assertThrows(
      () =>
        fixedSplits(textColumn("s", values), { rows: rowsFrom(0, 3), declared: { column: "s" }, placeOf }),
      InputError,
      `Cannot read data: ${place}, column "s": a split must be one of "train", "validation", "test", which data.splitColumn names, ${found}`,
    );
  });
}

Deno.test("fixedSplits() throws when no row is for the test", () => {
  assertThrows(
    () =>
      fixedSplits(textColumn("s", ["train", "train"]), {
        rows: rowsFrom(0, 2),
        declared: { column: "s" },
        placeOf,
      }),
    InputError,
    'Cannot use data: column "s" must have rows of "test", found none; declare data.splitColumn.test if they are named otherwise',
  );
});
