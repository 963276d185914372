import { assertEquals } from "@std/assert";
import { splitRows } from "../../../lib/report/summary/split_rows.ts";
import type { ExperimentFacts } from "../../../lib/report/summary/summary.ts";

Deno.test("splitRows() is null where the number of rows is missing or cannot be one", () => {
  const rowsOf = (validation: unknown) =>
    splitRows(
      { experiment: { data: { kind: "other", validation } as unknown as ExperimentFacts["data"] } },
      "validation",
    );
  assertEquals([30, undefined, "30", 0, -1].map(rowsOf), [30, null, null, null, null]);
});

Deno.test("splitRows() returns the rows of tables from their facts, of all folds together", () => {
  const table = { kind: "table", file: "t.csv", label: "y", seed: 0 } as const;
  const facts = (train: number) => ({
    dataDigest: "d",
    rows: { train, validation: 20, test: 30 },
    classNames: ["a", "b"],
    preparations: [],
  });
  const alone = { experiment: { data: table }, datasets: [facts(50)] };
  assertEquals([splitRows(alone, "train"), splitRows(alone, "validation")], [50, 20]);
  assertEquals(splitRows({ experiment: { data: table } }, "train"), null);
  const folded = { experiment: { data: { ...table, folds: 5 } }, datasets: [facts(50)] };
  assertEquals([splitRows(folded, "validation"), splitRows(folded, "test")], [70, 30]);
  const both = { experiment: { data: table, datasets: [table, { ...table, file: "u.csv" }] } };
  assertEquals(splitRows({ ...both, datasets: [facts(50), facts(60)] }, "train"), null);
  assertEquals(splitRows({ ...both, datasets: [facts(50), facts(60)] }, "test"), 30);
});
