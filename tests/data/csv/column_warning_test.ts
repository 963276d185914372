import { assertEquals } from "@std/assert";
import { columnWarning } from "../../../lib/data/csv/column_warning.ts";

Deno.test("columnWarning() is one warning of the first column, which counts the others", () => {
  const of = (...columns: readonly string[]) => columnWarning("code", columns, () => "why");
  assertEquals(of("column a"), [{ code: "code", where: "column a", message: "why" }]);
  assertEquals(of("column a", "column b")[0].where, "column a and 1 more column");
  assertEquals(of("column a", "column b", "column c")[0].where, "column a and 2 more columns");
  const fail = () => {
    throw new Error("nobody asked");
  };
  assertEquals(columnWarning("code", [], fail), []);
});
