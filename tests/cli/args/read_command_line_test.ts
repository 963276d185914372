import { assert, assertEquals, assertThrows } from "@std/assert";
import { FLAGS } from "../../../lib/cli/args/flags.ts";
import { readCommandLine } from "../../../lib/cli/args/read_command_line.ts";
import { InputError } from "../../../lib/core/check/errors.ts";

Deno.test("readCommandLine() returns a command and its line, or the help that is asked for", () => {
  const asked = readCommandLine(["run", "a.ts", "--workers", "3"]);
  assert(asked.help === null);
  assertEquals([asked.command.name, asked.line.operands, asked.line.get(FLAGS.workers)], [
    "run",
    ["a.ts"],
    3,
  ]);
  assert(readCommandLine(["run", "--help"]).help?.startsWith("Usage: deno task run FILE… [FLAGS]\n"));
  assert(readCommandLine([]).help?.startsWith("Seedbed runs reproducible experiments"));
});

Deno.test("readCommandLine() throws for a flag that the command does not take", () => {
  const error = assertThrows(() => readCommandLine(["list", "--workers", "3"]), InputError);
  assertEquals(error.message, "Cannot use --workers: list has no such flag, see list --help");
});
