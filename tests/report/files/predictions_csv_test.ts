import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { predictionsCsv, readPredictions } from "../../../lib/report/files/predictions_csv.ts";
import { fakeInspection } from "../fakes.ts";

const INSPECTION = {
  ...fakeInspection(),
  classNames: ['a "quoted", name', "two\nlines"],
  predictions: { labels: [0, 1, 1], predicted: [0, 0, 1], probabilities: [1, 0.512346, 0.75] },
};
const CSV = 'row,class,predicted,probability\r\n0,"a ""quoted"", name","a ""quoted"", name",1\r\n' +
  '1,"two\nlines","a ""quoted"", name",0.512346\r\n2,"two\nlines","two\nlines",0.75\r\n';

Deno.test("predictionsCsv() has a row for each row of the test split, and readPredictions() reads it back", () => {
  assertEquals(predictionsCsv(INSPECTION), CSV);
  assertEquals(readPredictions(CSV, { path: "p.csv" }), [
    { label: 'a "quoted", name', isRight: true },
    { label: "two\nlines", isRight: false },
    { label: "two\nlines", isRight: true },
  ]);
});

Deno.test("predictionsCsv() is null for an inspection of version 0.1", () => {
  assertEquals(predictionsCsv(fakeInspection()), null);
});

const DAMAGED: Readonly<Record<string, readonly [csv: string, found: string]>> = {
  "an empty file": ["", "the columns of an empty file"],
  "another table": ["a,b\r\n1,2\r\n", "the columns a, b"],
  "a missing row": [CSV.replace(/^1,[^]*?0\.512346\r\n/m, ""), "line 3: 2,two\nlines,two\nlines,0.75"],
  "a short row": ["row,class,predicted,probability\r\n0,a\r\n", "line 2: 0,a"],
};

for (const [what, [csv, found]] of Object.entries(DAMAGED)) {
  Deno.test(`readPredictions() refuses ${what}`, () => {
    const error = assertThrows(() => readPredictions(csv, { path: "results/x/p.csv" }), InputError);
    assertEquals(
      error.message,
      `Cannot read results/x/p.csv: it must be a table of a run's predictions, found ${found}`,
    );
  });
}
