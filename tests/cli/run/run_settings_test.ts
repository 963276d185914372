import { assertEquals, assertThrows } from "@std/assert";
import { COMMANDS } from "../../../lib/cli/args/commands.ts";
import { findCommand, parseCommand } from "../../../lib/cli/args/parse_command.ts";
import { readRunSettings } from "../../../lib/cli/run/run_settings.ts";
import { InputError } from "../../../lib/core/check/errors.ts";

const settingsOf = (...args: readonly string[]) =>
  readRunSettings(parseCommand(findCommand(COMMANDS, "run"), args));

Deno.test("readRunSettings() reads every flag of run, seconds as milliseconds", () => {
  const { workers: _, ...settings } = settingsOf(
    ...["--only", "rate=0.1", "--only", "rate=0.2", "--shard", "2/3", "--results", "out", "--salvage"],
    ...[
      "--max-trials",
      "7",
      "--max-failures",
      "4",
      "--checkpoint-every",
      "5",
      "--retries",
      "0",
      "--trial-timeout",
      "90",
    ],
  );
  assertEquals(settings, {
    resultsDir: "out",
    dataDir: undefined,
    kernels: undefined,
    only: [{ axis: "rate", value: "0.1" }, { axis: "rate", value: "0.2" }],
    shard: { index: 2, count: 3 },
    fresh: false,
    salvage: true,
    maxTrials: 7,
    noNewTrials: undefined,
    maxFailures: 4,
    checkpointEvery: 5,
    retries: 0,
    trialTimeoutMs: 90_000,
    redis: undefined,
  });
});

Deno.test("readRunSettings() throws when a part of the results would take the place of the whole", () => {
  assertEquals(
    assertThrows(() => settingsOf("--shard", "1/2"), InputError).message,
    "Cannot use --shard: a part of the results must not take the place of the whole, --results DIR must name " +
      "another folder",
  );
});
