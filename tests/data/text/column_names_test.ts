import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { columnNames, type HeaderRule, isMostlyNumbers } from "../../../lib/data/text/column_names.ts";

interface Case {
  readonly first: readonly string[];
  readonly header?: HeaderRule;
  readonly label?: string;
  readonly isLenient?: boolean;
}

const namesOf = ({ first, ...place }: Case) => columnNames(first, { file: "t.csv", line: 1, ...place });

Deno.test("columnNames() takes the first record for names, or what the spec says in its place", () => {
  const cases: readonly (readonly [Case, readonly string[]])[] = [
    [{ first: ["a", "b"] }, ["a", "b"]],
    [{ first: ["1", "2"], header: true }, ["1", "2"]],
    [{ first: ["x", "y"], header: false }, ["column1", "column2"]],
    [{ first: ["1", "2"], header: ["a", "b"] }, ["a", "b"]],
    // A data frame without names counts its columns.
    [{ first: ["0", "1", "kind"], label: "kind" }, ["0", "1", "kind"]],
    [{ first: ["1", "2", "kind"], label: "kind" }, ["1", "2", "kind"]],
    // Years may be names, beside others.
    [{ first: ["country", "1990", "1991"] }, ["country", "1990", "1991"]],
    [{ first: ["a", "", "a"], isLenient: true }, ["a", "", "a"]],
    [{ first: [] }, []],
  ];
  for (const [given, names] of cases) assertEquals(namesOf(given), names);
});

const NUMBERS =
  "if the file has no header, declare header: false (its columns are then column1 to column3) or " +
  "header: [...] with their names, and if these are the names, header: true";

Deno.test("columnNames() throws when the first record is no header, or its names are none", () => {
  const cases: readonly (readonly [Case, message: string])[] = [
    [
      { first: ["5.1", "3.5", "p"], label: "p" },
      `the columns must be named, found numbers, "5.1", "3.5", "p"; ${NUMBERS}`,
    ],
    [
      { first: ["2", "3", "kind"], label: "kind" },
      `the columns must be named, found numbers, "2", "3", "kind"; ${NUMBERS}`,
    ],
    [{ first: ["1", "1", "?"] }, `the columns must be named, found numbers, "1", "1", "?"; ${NUMBERS}`],
    [{ first: ["1", "2"], header: ["a"] }, "it must have the 1 columns that data.header names, found 2"],
    [{ first: ["a", "b", "a"] }, 'a column must be named once, found "a" twice'],
    [{ first: ["a", " ", "b"] }, 'column 2 must have a name, found " "; name it, or take it out of the file'],
    [
      { first: ["a", "b", ""] },
      'column 3 must have a name, found ""; the line probably ends in a separator too many',
    ],
  ];
  for (const [given, message] of cases) {
    const error = assertThrows(() => namesOf(given), InputError);
    assertEquals(error.message, `Cannot read data: t.csv line 1: ${message}`);
  }
});

Deno.test("isMostlyNumbers() is true for more than half", () => {
  assertEquals([["1", "a"], ["1", "2", "a"], ["a"], []].map((first) => isMostlyNumbers(first)), [
    false,
    true,
    false,
    false,
  ]);
});
