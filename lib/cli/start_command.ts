import type { Command } from "./command.ts";
import { RUN_FLAGS, runFiles } from "./run_command.ts";

const QUICK_EXPERIMENT = "experiments/mnist_quickstart.ts";

/** `start`: the quick experiment, from nothing to a report. */
export const startCommand: Command = {
  name: "start",
  about: `run ${QUICK_EXPERIMENT}, from nothing to a report`,
  operands: "",
  flags: RUN_FLAGS,
  run: (line, terminal) => runFiles([QUICK_EXPERIMENT], { line, terminal }),
};
