import { assertEquals, assertStringIncludes } from "@std/assert";
import { COMMANDS } from "../../lib/cli/args/commands.ts";
import { main } from "../../lib/cli/main.ts";
import { recordingTerminal } from "./recording_terminal.ts";

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

Deno.test("main() names every flag in the help of each command", async () => {
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
