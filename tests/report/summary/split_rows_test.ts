import { assertEquals } from "@std/assert";
import { splitRows } from "../../../lib/report/summary/split_rows.ts";
import type { ExperimentFacts } from "../../../lib/report/summary/summary.ts";

Deno.test("splitRows() is null where the number of rows is missing or cannot be one", () => {
  const rowsOf = (validation: unknown) =>
    splitRows({ data: { kind: "other", validation } as unknown as ExperimentFacts["data"] }, "validation");
  assertEquals([30, undefined, "30", 0, -1].map(rowsOf), [30, null, null, null, null]);
});
