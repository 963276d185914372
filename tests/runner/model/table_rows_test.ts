import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import type { ModelFacts } from "../../../lib/export/model_facts.ts";
import { readModelTable, tableRows } from "../../../lib/runner/model/table_rows.ts";

const CSV = { kind: "csv", label: "kind", classes: ["cat", "dog"] };

function factsOf(fields: object = {}): ModelFacts {
  const facts = { data: CSV, featureNames: ["a", "b"], classNames: ["cat", "dog"], inputDim: 2 };
  return { ...facts, ...fields } as unknown as ModelFacts;
}

function rowsOf(text: string, facts: ModelFacts) {
  const table = readModelTable(new TextEncoder().encode(text), { file: "t.csv", facts });
  return tableRows(table, facts).map(({ row, features, label }) => [row, [...features as number[]], label]);
}

Deno.test("tableRows() takes features by their names, in the model's order, and labels where there are some", () => {
  assertEquals(rowsOf("id,b,kind,a\nx,2,dog,1\ny,4,,3\nz,6,?,5\n", factsOf()), [
    [1, [1, 2], 1],
    [2, [3, 4], null],
    [3, [5, 6], null],
  ]);
  // Where it is a class, it is no mark of a missing one.
  const marks = factsOf({ data: { ...CSV, classes: ["NA", "dog"] }, classNames: ["NA", "dog"] });
  assertEquals(rowsOf("a,b,kind\n1,2,NA\n", marks), [[1, [1, 2], 0]]);
});

Deno.test("tableRows() takes columns as they stand when features have no names, or the file has no header", () => {
  assertEquals(rowsOf("x,y\n1,2\n", factsOf({ data: { kind: "blobs" }, featureNames: null })), [[
    1,
    [1, 2],
    null,
  ]]);
  const bare = factsOf({ data: { ...CSV, header: false }, featureNames: ["column1", "column2"] });
  assertEquals(rowsOf("1,2\n3,4\n", bare), [[1, [1, 2], null], [2, [3, 4], null]]);
  const named = factsOf({ data: { ...CSV, header: ["kind", "a", "b"] } });
  assertEquals(rowsOf("dog,1,2\n", named), [[1, [1, 2], 1]]);
  assertEquals(rowsOf("1,2\n", named), [[1, [1, 2], null]]);
});

Deno.test("tableRows() keeps numbers apart that the model was trained to keep apart", () => {
  assertEquals(rowsOf("a,b\n0.1,1\n", factsOf())[0][1], [Math.fround(0.1), 1]);
  assertEquals(rowsOf("a,b\n0.1,1\n", factsOf({ data: { ...CSV, dtype: "float64" } }))[0][1], [0.1, 1]);
});

Deno.test("tableRows() throws when the table is not the model's", () => {
  const blobs = factsOf({ data: { kind: "blobs" }, featureNames: null });
  const cases: readonly (readonly [text: string, facts: ModelFacts, message: string])[] = [
    ["a,b\n", factsOf(), "line 1: no row follows"],
    [
      "a,B\n1,2\n",
      factsOf(),
      'line 1: a column must be the feature "b", found "a", "B"; "B" differs by capital letters only',
    ],
    [
      "a;b\n1;2\n",
      factsOf(),
      'line 1: a column must be the feature "a", found "a;b"; fields must be separated by ' +
      'commas, not by ";"',
    ],
    ["a,b,a\n1,2,3\n", factsOf(), 'line 1: a column must be named once, found "a" twice'],
    [
      "a,b,kind\n1,2,bird\n",
      factsOf(),
      'line 2, column "kind": a label must be one of "cat", "dog", found "bird"',
    ],
    ["a,b\n1,x\n", factsOf(), 'line 2, column "b": a feature must be a number, found "x"'],
    ["x,y,z\n1,2,3\n", blobs, "line 1: the columns must be the model's 2 features in their order, found 3"],
    [
      "1,2\n3,4\n",
      blobs,
      'line 1: the columns must be named, found numbers, "1", "2"; the first line must be a header, with any names',
    ],
  ];
  for (const [text, facts, message] of cases) {
    const error = assertThrows(() => rowsOf(text, facts), InputError);
    assertEquals(error.message, `Cannot read data: t.csv ${message}`);
  }
});
