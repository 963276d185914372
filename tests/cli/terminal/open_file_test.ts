import { assertEquals } from "@std/assert";
import { openerOf } from "../../../lib/cli/terminal/open_file.ts";

Deno.test("openerOf() is the program of each system", () => {
  assertEquals(openerOf("linux"), "xdg-open");
  assertEquals(openerOf("freebsd"), "xdg-open");
  assertEquals(openerOf("darwin"), "open");
  assertEquals(openerOf("windows"), "explorer");
});
