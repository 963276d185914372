import { COMMANDS } from "../../lib/cli/args/commands.ts";
import { readCommandLine } from "../../lib/cli/args/read_command_line.ts";
import { fc } from "./fast_check.ts";
import { refusing, settings } from "./settings.ts";

const FLAGS = COMMANDS.flatMap(({ flags }) => flags.map(({ name }) => `--${name}`));
const WORD = fc.oneof(
  fc.constantFrom(...FLAGS),
  fc.constantFrom(
    ...COMMANDS.map(({ name }) => name),
    "--",
    "-",
    "--help",
    "-h",
    "--=",
    "--__proto__",
    "--constructor=1",
  ),
  fc.tuple(fc.constantFrom(...FLAGS), fc.string()).map(([flag, value]) => `${flag}=${value}`),
  fc.string({ unit: "binary" }),
);

Deno.test("readCommandLine() reads or refuses whatever is typed", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(WORD, { maxLength: 6 }), async (args) => {
      await refusing(() => readCommandLine(args));
    }),
    settings(3000),
  );
});
