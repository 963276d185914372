import { randomToken, serveDashboard } from "../dashboard/serve_dashboard.ts";
import type { Command } from "./command.ts";
import { readCount, resultsDir } from "./experiment_flags.ts";
import { listenForInterrupt } from "./interrupt.ts";

const PORT = 8737;

/** `dashboard`: shows all experiments in the browser, also while they run. */
export const dashboardCommand: Command = {
  name: "dashboard",
  about: "show all experiments in the browser, also while they run; to this machine alone",
  operands: "",
  flags: [
    { name: "port", value: "N", about: `where to listen, 0 for any port that is free (default: ${PORT})` },
    { name: "results", value: "DIR", about: "folder of results (default: results)" },
  ],
  run: async (line, terminal) => {
    using interrupt = listenForInterrupt(terminal);
    const { url, finished } = serveDashboard({
      resultsDir: resultsDir(line),
      port: readCount(line, "port", { min: 0 }) ?? PORT,
      token: randomToken(),
      signal: interrupt.signal,
    });
    terminal.write(`${url}\n`);
    terminal.writeError("The address lets its holder look; Ctrl-C ends it.\n");
    await finished;
    return 0;
  },
};
