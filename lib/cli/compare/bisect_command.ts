import { InputError } from "../../core/check/errors.ts";
import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import { bisectExperiment } from "../../runner/bisect/bisect_experiment.ts";
import { launcherHere } from "../../runner/files/seedbed_place.ts";
import type { RunCommand } from "../args/command.ts";
import { FLAGS } from "../args/flags.ts";
import { listenForInterrupt } from "../process/interrupt.ts";
import { wrapText } from "../terminal/wrap_text.ts";
import { bisectEventText, bisectText } from "../text/bisect_text.ts";

/** What git would use in place of a temporary worktree. */
const GIT_VARIABLES = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"];

/** `bisect FILE --good REV`: finds the commit that changed an experiment's results, and where in the computation. */
export const bisectCommand: RunCommand = async (line, terminal) => {
  const [file, ...others] = line.operands;
  const good = line.get(FLAGS.good);
  if (file === undefined || others.length > 0 || good === undefined) {
    throw new InputError("Cannot bisect: it must be given one FILE, and --good REV");
  }
  const variable = GIT_VARIABLES.find((name) => Deno.env.get(name) !== undefined);
  if (variable !== undefined) {
    throw new InputError(
      `Cannot bisect: the variable ${variable} must not be set, since git would not use the temporary worktree`,
    );
  }
  using interrupt = listenForInterrupt(terminal);
  const start = performance.now();
  const answer = await bisectExperiment(file, {
    good,
    bad: line.get(FLAGS.bad),
    what: line.get(FLAGS.changeKind),
    launcher: launcherHere(),
    signal: interrupt.signal,
    clock: () => performance.now(),
    observe: (event) => {
      const text = bisectEventText(event, { elapsedMs: performance.now() - start });
      terminal.writeError(wrapText(text, { columns: terminal.columnsError }));
    },
  });
  if (answer === null) {
    terminal.writeError("Interrupted. The temporary worktrees are removed.\n");
    return EXIT_CODES.interrupted;
  }
  terminal.write(line.get(FLAGS.jsonAnswer) ? `${JSON.stringify(answer)}\n` : bisectText(answer, terminal));
  return answer.trial === null ? EXIT_CODES.good : EXIT_CODES.different;
};
