import { assertEquals, assertThrows } from "@std/assert";
import type { Command } from "../../../lib/cli/args/command.ts";
import { value } from "../../../lib/cli/args/flag.ts";
import { answerHelp, exitCodeRows } from "../../../lib/cli/args/help.ts";
import { InputError } from "../../../lib/core/check/errors.ts";

const COMMANDS: readonly Command[] = [
  { name: "fly", about: "take off and land", operands: "PLACE…", flags: [] },
  {
    name: "swim",
    about: "dive",
    operands: "",
    flags: [value("depth", { value: "METRES", about: "how deep", isRequired: true })],
  },
];

const GENERAL = `Seedbed runs reproducible experiments: same seed, same bits.

Usage: deno task COMMAND [FLAGS]

  fly PLACE…  take off and land
  swim        dive

Exit codes:
  0    success: the results are unchanged
  1    an accuracy or another bit differs from the committed result, or between two runs
  2    a wrong flag, experiment file, data set, path or permission
  3    a baseline is missing, damaged or obsolete
  4    a trial failed or diverged, or a row has no finite score
  6    a run, a check or a merge is incomplete
  70   an error in Seedbed itself
  130  interrupted; finished trials are kept

\`deno task COMMAND --help\` lists a command's flags.
`;

const SWIM = `Usage: deno task swim --depth METRES [FLAGS]

Dive.

Flags:
  --depth METRES       how deep
  --allow-read PATH …  allow the command to read a file or folder that it may not read otherwise
  --allow-write PATH …  allow the command to write a file or folder that it may not write otherwise
  --allow-net HOST …   allow the command to connect to a host that it may not reach otherwise
  --print-permissions  show what the command may do, and run nothing
  --verbose            show the stack trace of an error
  --help               show this text
`;

Deno.test("answerHelp() lists commands and exit codes when no command is named", () => {
  for (const args of [[], ["--help"], ["-h"], ["help"]]) {
    assertEquals(answerHelp(args, COMMANDS), GENERAL);
  }
});

Deno.test("answerHelp() lists the flags of a command, those first that it cannot do without", () => {
  const squeezed = (text: string) => text.replaceAll(/ {2,}(?=\S)/g, "  ");
  for (const args of [["swim", "--help"], ["swim", "x", "-h"]]) {
    assertEquals(squeezed(answerHelp(args, COMMANDS)!), squeezed(SWIM));
  }
});

Deno.test("answerHelp() is null when no help is asked for", () => {
  assertEquals(answerHelp(["swim"], COMMANDS), null);
  assertEquals(answerHelp(["swim", "help"], COMMANDS), null);
});

Deno.test("answerHelp() throws when it is asked about a command that there is not", () => {
  const error = assertThrows(() => answerHelp(["swin", "--help"], COMMANDS), InputError);
  assertEquals(
    error.message,
    'Cannot run a command: it must be one of fly, swim, found "swin"; did you mean swim?',
  );
});

Deno.test("exitCodeRows() has a row for each code, in order", () => {
  assertEquals(exitCodeRows().map(([code]) => code), ["0", "1", "2", "3", "4", "6", "70", "130"]);
});
