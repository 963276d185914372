import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { COMMANDS } from "../../lib/cli/args/commands.ts";
import { FLAGS } from "../../lib/cli/args/flags.ts";
import { nearest } from "../../lib/cli/args/nearest.ts";
import { findCommand, parseCommand } from "../../lib/cli/args/parse_command.ts";
import { main } from "../../lib/cli/main.ts";
import { exitCodeOf } from "../../lib/cli/process/exit_code.ts";
import { lineProgress } from "../../lib/cli/progress/line_progress.ts";
import { table } from "../../lib/cli/terminal/table.ts";
import { createPaint, type Terminal, terminalText } from "../../lib/cli/terminal/terminal.ts";
import { BrokenPromiseError, InputError, UnpredictableError } from "../../lib/core/check/errors.ts";
import { cacheDir } from "../../lib/files/cache_dir.ts";

interface RecordedTerminal extends Terminal {
  readonly written: () => { readonly out: string; readonly error: string };
}

function recordingTerminal(): RecordedTerminal {
  const out: string[] = [];
  const error: string[] = [];
  return {
    write: (text) => void out.push(text),
    writeError: (text) => void error.push(text),
    control: (codes) => void error.push(codes),
    textError: (text) => text,
    isInteractive: false,
    paint: createPaint(false),
    paintError: createPaint(false),
    written: () => ({ out: out.join(""), error: error.join("") }),
  };
}

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
    "Cannot run a command: it must be one of start, run, worker, list, report, dashboard, verify, check, baseline, merge, diff, trace, " +
      "why, export, predict, init, found " +
      '"lst"; did you mean list?',
  );
});

Deno.test("nearest() takes the fewest edits, and nothing that is far", () => {
  const cases: readonly (readonly [string, string | null])[] = [
    ["frsh", "fresh"],
    ["fersh", "fresh"],
    ["json", "json"],
    ["xyz", null],
    ["", null],
  ];
  for (const [word, expected] of cases) assertEquals(nearest(word, ["fresh", "json", "set"]), expected);
});

Deno.test("main() throws input errors back as one line and exit code 2", async () => {
  const cases: readonly (readonly [readonly string[], string])[] = [
    [
      ["run"],
      "Cannot run experiments: no file is named; try experiments/mnist_quickstart.ts",
    ],
    [["list", "a"], 'Cannot use "a": list takes flags only'],
    [
      ["run", "a.ts", "--workers", "0"],
      'Cannot read --workers: it must be a whole number of at least 1, found "0"',
    ],
    [
      ["run", "a.ts", "--salvage", "--fresh"],
      "Cannot use --salvage: it keeps what --fresh leaves behind, found both",
    ],
    [["run", "a.ts", "--only", "rate"], 'Cannot read --only: it must be NAME=VALUE, found "rate"'],
    [
      ["run", "a.ts", "--set", "solver.epochs=1"],
      "Cannot use --set: results of changed fields must not take the place of the experiment's own, " +
      "--results DIR must name another folder",
    ],
    [
      ["run", "a.ts", "--redis", "redis://:hush@localhost"],
      "Cannot use --redis: it names the queue of --engine bullmq, found no --engine",
    ],
    [
      ["run", "a.ts", "--redis", "redis://:hush@localhost", "--engine", "workers"],
      "Cannot use --redis: it names the queue of --engine bullmq, found --engine workers",
    ],
    [
      ["run", "a.ts", "--engine", "queue"],
      'Cannot read --engine: it must be one of workers, bullmq, found "queue"',
    ],
    [
      ["run", "a.ts", "--engine", "bullmq", "--workers", "2"],
      "Cannot use --workers: with --engine bullmq each worker has a --workers of its own, found --workers 2",
    ],
    [
      ["run", "a.ts", "--engine", "bullmq"],
      "Cannot use --engine bullmq: --redis or SEEDBED_REDIS_URL must name a Redis",
    ],
    [
      ["run", "a.ts", "--engine", "bullmq", "--redis", "http://:hush@localhost"],
      "Cannot read --redis: it must be redis://HOST:PORT or redis://HOST:PORT/DATABASE, or rediss: for TLS, found the protocol http:",
    ],
    [
      ["worker"],
      "Cannot serve a queue: --redis or SEEDBED_REDIS_URL must name a Redis",
    ],
  ];
  Deno.env.delete("SEEDBED_REDIS_URL");
  for (const [args, message] of cases) {
    const terminal = recordingTerminal();
    assertEquals(await main(args, terminal), 2);
    assertEquals(terminal.written(), { out: "", error: `error: ${message}\n` });
  }
});

Deno.test("main() tells every flag in the help of each command", async () => {
  for (const { name, flags } of COMMANDS) {
    const terminal = recordingTerminal();
    assertEquals(await main([name, "--help"], terminal), 0);
    for (const flag of flags) assertStringIncludes(terminal.written().out, `  --${flag.name}`);
  }
});

Deno.test("main() lists every command when it is given none", async () => {
  const terminal = recordingTerminal();
  assertEquals(await main([], terminal), 0);
  for (const { about } of COMMANDS) assertStringIncludes(terminal.written().out, about);
});

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
    assertEquals(terminal.written().error.includes("cli_test.ts"), hasStack);
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

Deno.test("cacheDir() follows the environment of each system", () => {
  const home = { HOME: "/home/a" };
  const cases: readonly (readonly [typeof Deno.build.os, Record<string, string>, string])[] = [
    ["linux", { ...home, SEEDBED_CACHE: "/c", XDG_CACHE_HOME: "/x" }, "/c"],
    ["linux", { ...home, XDG_CACHE_HOME: "/x" }, "/x/seedbed"],
    ["linux", { ...home, SEEDBED_CACHE: "", XDG_CACHE_HOME: "" }, "/home/a/.cache/seedbed"],
    ["darwin", home, "/home/a/Library/Caches/seedbed"],
    ["windows", { LOCALAPPDATA: "C:\\local" }, "C:\\local/seedbed"],
  ];
  for (const [os, variables, expected] of cases) {
    assertEquals(cacheDir({ os, environment: (name) => variables[name] }), expected);
  }
  assertThrows(
    () => cacheDir({ os: "linux", environment: () => undefined }),
    InputError,
    "Cannot find the cache folder: SEEDBED_CACHE must name one if there is no home folder",
  );
});

Deno.test("table() aligns columns and leaves no space at the end of a line", () => {
  assertEquals(table([["a", "bb", ""], ["ccc", "d", "e"]]), "a    bb\nccc  d   e\n");
});

Deno.test("createPaint() colours only when it is told to", () => {
  assertEquals(createPaint(false)("red", "text"), "text");
  assertEquals(terminalText(createPaint(true)("red", "text")), "\x1b[31mtext\x1b[39m");
});

Deno.test("terminalText() leaves a terminal nothing to obey but line ends, tabs and paint", () => {
  const paint = createPaint(true);
  const cases: readonly (readonly [string, string])[] = [
    ["a\tb\r\nc\n", "a\tb\r\nc\n"],
    ["\x1b[31mred\x1b[2J", "\\u001b[31mred\\u001b[2J"],
    ["100 %\rfake", "100 %\\rfake"],
    ["\x07\b\x7f\x9b2J\0", "\\u0007\\u0008\\u007f\\u009b2J\\u0000"],
    ["\u202egpj.exe\u2028\ud800", "\\u202egpj.exe\\u2028\\ud800"],
    [`${paint("red", "error:")} \x1b[1m é 🎉`, "\x1b[31merror:\x1b[39m \\u001b[1m é 🎉"],
    [JSON.stringify("\x1b\x9b\u{1fffe}"), '"\\u001b\\u009b\\ud83f\\udffe"'],
  ];
  for (const [text, shown] of cases) assertEquals(terminalText(text), shown);
});

Deno.test("lineProgress() writes a line a tenth of the data and none twice", () => {
  const lines: string[] = [];
  const { observe } = lineProgress({ writeError: (text) => void lines.push(text) });
  for (let done = 0; done <= 200; done++) {
    observe({ type: "data", label: "fetching MNIST", done, total: 200 });
  }
  assertEquals(lines.length, 11);
  assertEquals([lines[0], lines[10]], ["data: fetching MNIST, 0 %\n", "data: fetching MNIST, 100 %\n"]);
});
