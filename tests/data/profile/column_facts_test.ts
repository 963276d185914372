import { assertEquals } from "@std/assert";
import { columnFacts } from "../../../lib/data/profile/column_facts.ts";
import { dateColumn, numberColumn, rowsFrom, textColumn } from "../preparation/raw_columns.ts";

const LABELS = Int32Array.from({ length: 40 }, (_, row) => row % 2);
const OPTIONS = { rows: rowsFrom(0, 40), labels: LABELS };

function values<T>(valueOf: (row: number) => T): readonly T[] {
  return Array.from({ length: 40 }, (_, row) => valueOf(row));
}

Deno.test("columnFacts() counts what is missing and distinct, and returns the range of numbers", () => {
  const facts = columnFacts(numberColumn("x", values((row) => row < 3 ? null : row % 7)), OPTIONS);
  assertEquals([facts.missing, facts.distinct, facts.range, facts.isConstant, facts.isId, facts.label], [
    3,
    7,
    [0, 6],
    false,
    false,
    null,
  ]);
});

const IDS = [
  ["distinct whole numbers", numberColumn("x", values((row) => 9000 - row * 7)), true],
  ["distinct texts", textColumn("x", values((row) => `n${row}`)), true],
  ["distinct fractions", numberColumn("x", values((row) => row / 3)), false],
  ["distinct dates", dateColumn("x", values((row) => 20_000 + row)), false],
  ["whole numbers of which two are equal", numberColumn("x", values((row) => row === 5 ? 6 : row)), false],
] as const;

for (const [what, column, isId] of IDS) {
  Deno.test(`columnFacts() ${isId ? "takes" : "does not take"} ${what} for an id`, () => {
    assertEquals(columnFacts(column, OPTIONS).isId, isId);
  });
}

const LABELLED = [
  ["a value of its own for each class", (row: number) => row % 2, "equals"],
  ["two values for each class", (row: number) => row % 4, "determines"],
  ["values of both classes", (row: number) => row % 3, null],
  ["a value for almost each row", (row: number) => row < 38 ? row : row - 2, null],
] as const;

for (const [what, valueOf, label] of LABELLED) {
  Deno.test(`columnFacts() returns ${label} for the label when a column has ${what}`, () => {
    assertEquals(columnFacts(numberColumn("x", values(valueOf)), OPTIONS).label, label);
  });
}
