import { assertEquals } from "@std/assert";
import { COMMANDS } from "../../../lib/cli/args/commands.ts";
import { COMMAND_ROWS } from "../../../lib/cli/launch/command_rows.ts";

Deno.test("each row of the table is that of a command", () => {
  assertEquals(Object.keys(COMMAND_ROWS).sort(), COMMANDS.map(({ name }) => name).sort());
});
