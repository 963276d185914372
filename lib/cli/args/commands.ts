import type { Command } from "./command.ts";
import { COMPARE_COMMANDS } from "./compare_commands.ts";
import { RUN_COMMANDS } from "./run_commands.ts";
import { USE_COMMANDS } from "./use_commands.ts";

const [dashboard, ...otherUses] = USE_COMMANDS;

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [...RUN_COMMANDS, dashboard, ...COMPARE_COMMANDS, ...otherUses];
