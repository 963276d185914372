import type { RunCommand } from "../args/command.ts";
import { QUICK_EXPERIMENT } from "../args/commands.ts";
import { runFiles } from "./run_command.ts";

/** `start`: the quick experiment, from nothing to a report. */
export const startCommand: RunCommand = (line, terminal) => runFiles([QUICK_EXPERIMENT], { line, terminal });
