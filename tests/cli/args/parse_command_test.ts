import { assertEquals, assertThrows } from "@std/assert";
import { COMMANDS } from "../../../lib/cli/args/commands.ts";
import { FLAGS } from "../../../lib/cli/args/flags.ts";
import { findCommand, parseCommand } from "../../../lib/cli/args/parse_command.ts";
import { InputError } from "../../../lib/core/check/errors.ts";

Deno.test("parseCommand() reads values, repeated values, switches and operands", () => {
  const line = parseCommand(findCommand(COMMANDS, "run"), [
    "a.ts",
    "--workers=2",
    "--only",
    "rate=0.1",
    "--only=rate=0.2",
    "--json",
    "b.ts",
  ]);
  assertEquals(line.operands, ["a.ts", "b.ts"]);
  assertEquals([line.get(FLAGS.workers), line.get(FLAGS.results)], [2, "results"]);
  assertEquals([line.has(FLAGS.workers), line.has(FLAGS.results)], [true, false]);
  assertEquals(line.get(FLAGS.only), [["rate", "0.1"], ["rate", "0.2"]]);
  assertEquals([line.get(FLAGS.jsonLines), line.get(FLAGS.fresh)], [true, false]);
});

Deno.test("parseCommand() throws when a flag is wrong", () => {
  const cases: readonly (readonly [readonly string[], string])[] = [
    [
      ["--worker", "2"],
      "Cannot use --worker: run has no such flag; did you mean --workers?",
    ],
    [["--colour=red"], "Cannot use --colour: run has no such flag, see run --help"],
    [["-x"], "Cannot use -x: run has no such flag, see run --help"],
    [["--workers"], "Cannot read --workers: it needs a value"],
    [["--workers", "1", "--workers", "2"], "Cannot read --workers: it may be given once, found 1 and 2"],
  ];
  for (const [args, message] of cases) {
    const error = assertThrows(() => parseCommand(findCommand(COMMANDS, "run"), args), InputError);
    assertEquals(error.message, message);
  }
});

Deno.test("findCommand() names the nearest command when there is none", () => {
  const error = assertThrows(() => findCommand(COMMANDS, "lst"), InputError);
  assertEquals(
    error.message,
    "Cannot run a command: it must be one of start, run, worker, list, report, dashboard, verify, check, baseline, merge, diff, trend, bisect, trace, " +
      "why, export, predict, data, init, found " +
      '"lst"; did you mean list?',
  );
});
