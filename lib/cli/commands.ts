import { baselineCommand } from "./baseline_command.ts";
import { checkCommand } from "./check_command.ts";
import type { Command } from "./command.ts";
import { dashboardCommand } from "./dashboard_command.ts";
import { diffCommand } from "./diff_command.ts";
import { exportCommand } from "./export_command.ts";
import { listCommand } from "./list_command.ts";
import { mergeCommand } from "./merge_command.ts";
import { predictCommand } from "./predict_command.ts";
import { reportCommand } from "./report_command.ts";
import { runCommand } from "./run_command.ts";
import { startCommand } from "./start_command.ts";
import { traceCommand } from "./trace_command.ts";
import { verifyCommand } from "./verify_command.ts";
import { whyCommand } from "./why_command.ts";
import { workerCommand } from "./worker_command.ts";

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  startCommand,
  runCommand,
  workerCommand,
  listCommand,
  reportCommand,
  dashboardCommand,
  verifyCommand,
  checkCommand,
  baselineCommand,
  mergeCommand,
  diffCommand,
  traceCommand,
  whyCommand,
  exportCommand,
  predictCommand,
];
