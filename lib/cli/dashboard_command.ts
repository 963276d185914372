import { randomToken, serveDashboard } from "../dashboard/serve_dashboard.ts";
import { DASHBOARD_PORT } from "./args/use_commands.ts";
import type { RunCommand } from "./command.ts";
import { readCount, resultsDir } from "./experiment_flags.ts";
import { listenForInterrupt } from "./interrupt.ts";

/** `dashboard`: shows all experiments in the browser, also while they run. */
export const dashboardCommand: RunCommand = async (line, terminal) => {
  using interrupt = listenForInterrupt(terminal);
  const { url, finished } = serveDashboard({
    resultsDir: resultsDir(line),
    port: readCount(line, "port", { min: 0 }) ?? DASHBOARD_PORT,
    token: randomToken(),
    signal: interrupt.signal,
  });
  terminal.write(`${url}\n`);
  terminal.writeError("The address lets its holder look; Ctrl-C ends it.\n");
  await finished;
  return 0;
};
