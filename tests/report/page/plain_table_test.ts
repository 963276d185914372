import { assertEquals } from "@std/assert";
import { plainTable } from "../../../lib/report/page/plain_table.ts";

Deno.test("plainTable() names its rows by their first cells, and escapes all", () => {
  const { markup } = plainTable({ head: ["a", "<b>"], rows: [["x", "1 < 2"], ["y", ""]] });
  assertEquals(
    markup.replaceAll("\n", ""),
    '<table><thead><tr><th scope="col">a</th><th scope="col">&lt;b&gt;</th></tr></thead>' +
      '<tbody><tr><th scope="row">x</th><td>1 &lt; 2</td></tr><tr><th scope="row">y</th><td></td></tr></tbody></table>',
  );
});
