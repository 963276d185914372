import { assertEquals } from "@std/assert";
import { exitCodeOf } from "../../../lib/cli/process/exit_code.ts";
import { BrokenPromiseError, InputError, UnpredictableError } from "../../../lib/core/check/errors.ts";
import { recordingTerminal } from "../recording_terminal.ts";

Deno.test("exitCodeOf() shows a stack trace for a fault of Seedbed, or when it is asked to", () => {
  const cases: readonly (readonly [Error, boolean, number, boolean])[] = [
    [new InputError("wrong"), false, 2, false],
    [new InputError("wrong"), true, 2, true],
    [new BrokenPromiseError("wrong"), false, 1, false],
    [new Deno.errors.NotCapable('Requires read access to "/a", run again'), false, 2, false],
    // The table of permissions must have what no flag allows.
    [new Deno.errors.NotCapable('Requires sys access to "uid", run again'), false, 70, true],
    [new TypeError("wrong"), false, 70, true],
    // The system refused a file, wherever that was.
    [Object.assign(new Error("Permission denied"), { code: "EACCES" }), false, 2, false],
    [new UnpredictableError("wrong"), false, 4, false],
  ];
  for (const [error, verbose, code, hasStack] of cases) {
    const terminal = recordingTerminal();
    assertEquals(exitCodeOf(error, { terminal, verbose }), code);
    assertEquals(terminal.written().error.includes("exit_code_test.ts"), hasStack);
  }
});

Deno.test("exitCodeOf() names what a command was refused, and the flag that allows it", () => {
  const cases: readonly (readonly [string, string])[] = [
    [
      'read access to "/a/b.csv"',
      "Cannot read /a/b.csv: this command may not, --allow-read /a/b.csv lets it",
    ],
    ['read access to "/a b"', 'Cannot read /a b: this command may not, --allow-read "/a b" lets it'],
    ['write access to "../out"', "Cannot write ../out: this command may not, --allow-write ../out lets it"],
    [
      'net access to "example.org:443"',
      "Cannot connect to example.org:443: this command may not, --allow-net example.org:443 lets it",
    ],
    [
      'all access to "/proc/a"',
      "Cannot use /proc/a: it must lie elsewhere, this is a place of the system's own",
    ],
  ];
  for (const [refused, message] of cases) {
    const terminal = recordingTerminal();
    const error = new Deno.errors.NotCapable(`Requires ${refused}, run again with the --allow-x flag`);
    assertEquals(exitCodeOf(error, { terminal, verbose: false }), 2);
    assertEquals(terminal.written().error, `error: ${message}\n`);
  }
});
