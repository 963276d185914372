import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { firstLineAdvice, readCsvTable, readFeature, readLabel } from "../../../lib/data/csv/csv_table.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const PLACE = { file: "t.csv", line: 3, column: "a" };

Deno.test("readCsvTable() knows the line of each row, past empty lines and breaks in quotes", () => {
  const table = readCsvTable(bytes('\ufeff\na,"b\nc"\n1,2\n\n"3\n",4\r\n5,6'), { file: "t.csv" });
  assertEquals([table.header, table.line], [["a", "b\nc"], 2]);
  assertEquals(table.rows, [
    { line: 4, fields: ["1", "2"] },
    { line: 6, fields: ["3\n", "4"] },
    { line: 8, fields: ["5", "6"] },
  ]);
});

Deno.test("readCsvTable() keeps the first line as a row when the file has no header", () => {
  const table = readCsvTable(bytes("1,2\n3,4\n"), { file: "t.csv", header: false });
  assertEquals([table.header, table.rows.map(({ line }) => line)], [["column1", "column2"], [1, 2]]);
});

Deno.test("readCsvTable() throws the line of a row that has other fields", () => {
  const cases: readonly (readonly [text: string, header: boolean | undefined, message: string])[] = [
    ["a,b\n1,2\n\n3\n", undefined, "line 4: a row must have 2 fields as the header has, found 1"],
    ["1,2\n1,2,3\n", false, "line 2: a row must have 2 fields as the first line has, found 3"],
  ];
  for (const [text, header, message] of cases) {
    const error = assertThrows(() => readCsvTable(bytes(text), { file: "t.csv", header }), InputError);
    assertEquals(error.message, `Cannot read data: t.csv ${message}`);
  }
});

Deno.test("firstLineAdvice() knows a comment and other separators", () => {
  const cases: readonly (readonly [readonly string[], string])[] = [
    [["# note"], '; if its first line is a comment, declare comment: "#", or take it out of the file'],
    [["a;b"], '; if ";" separates its fields, declare separator: ";"'],
    [["a\tb"], '; if "\\t" separates its fields, declare separator: "\\t"'],
    [["a|b"], '; if "|" separates its fields, declare separator: "|"'],
    [["a;b", "c"], ""],
    [["a"], ""],
    [[], ""],
  ];
  for (const [header, advice] of cases) assertEquals(firstLineAdvice(header), advice);
  const ofModel = { separator: ";", isOfModel: true } as const;
  assertEquals(firstLineAdvice(["a,b"], ofModel), '; fields must be separated by semicolons, not by ","');
  assertEquals(
    firstLineAdvice(["# note"], ofModel),
    "; if its first line is a comment, take it out of the file",
  );
});

Deno.test("readFeature() rounds to the dtype, and throws where that has no such number", () => {
  assertEquals(readFeature("0.1", PLACE), Math.fround(0.1));
  assertEquals(readFeature("0.1", { ...PLACE, dtype: "float64" }), 0.1);
  assertEquals(readFeature("1e39", { ...PLACE, dtype: "float64" }), 1e39);
  const cases: readonly (readonly [string, "float32" | "float64", string])[] = [
    ["1e39", "float32", 'a feature must be within float32, found "1e39"'],
    ["1e309", "float64", 'a feature must be within float64, found "1e309"'],
    ["0x1", "float64", 'a feature must be a number, found "0x1"'],
  ];
  for (const [text, dtype, message] of cases) {
    const error = assertThrows(() => readFeature(text, { ...PLACE, dtype }), InputError);
    assertEquals(error.message, `Cannot read data: t.csv line 3, column "a": ${message}`);
  }
});

Deno.test("readLabel() is the place of the class, and names what looks alike when there is none", () => {
  const place = { ...PLACE, classes: ["cat", "dog"] };
  assertEquals([readLabel("cat", place), readLabel("dog", place)], [0, 1]);
  assertEquals(
    assertThrows(() => readLabel("Dog", place), InputError).message,
    'Cannot read data: t.csv line 3, column "a": a label must be one of "cat", "dog", found "Dog"; ' +
      '"dog" differs by capital letters only',
  );
});
