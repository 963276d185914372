import { assertEquals } from "@std/assert";
import { COMMANDS } from "../../../lib/cli/args/commands.ts";
import { findCommand, parseCommand } from "../../../lib/cli/args/parse_command.ts";
import { readTraining } from "../../../lib/cli/args/training_settings.ts";

Deno.test("readTraining() reads the flags of every command that trains", () => {
  const args = ["--workers", "3", "--results", "out", "--data", "here", "--kernels", "twin"];
  const asked = { workers: 3, resultsDir: "out", dataDir: "here", kernels: "twin" };
  const otherwise = {
    workers: navigator.hardwareConcurrency,
    resultsDir: "results",
    dataDir: undefined,
    kernels: undefined,
  };
  for (const name of ["start", "run", "check", "baseline"]) {
    const command = findCommand(COMMANDS, name);
    assertEquals(readTraining(parseCommand(command, args)), asked as ReturnType<typeof readTraining>);
    assertEquals(readTraining(parseCommand(command, [])), otherwise);
  }
});
