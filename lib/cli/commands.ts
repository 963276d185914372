import { COMPARE_COMMANDS } from "./args/compare_commands.ts";
import { RUN_COMMANDS } from "./args/run_commands.ts";
import { USE_COMMANDS } from "./args/use_commands.ts";
import type { Command } from "./command.ts";

const [dashboard, ...otherUses] = USE_COMMANDS;

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [...RUN_COMMANDS, dashboard, ...COMPARE_COMMANDS, ...otherUses];
