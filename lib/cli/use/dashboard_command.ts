import { InputError } from "../../core/check/errors.ts";
import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import { randomToken, serveDashboard } from "../../dashboard/serve_dashboard.ts";
import type { CommandLine, RunCommand } from "../args/command.ts";
import { FLAGS } from "../args/flags.ts";
import { listenForInterrupt } from "../process/interrupt.ts";

/** `dashboard`: shows all experiments in the browser, also while they run. */
export const dashboardCommand: RunCommand = async (line, terminal) => {
  using interrupt = listenForInterrupt(terminal);
  const { url, finished } = serveDashboard({
    resultsDir: line.get(FLAGS.results),
    port: readPort(line),
    token: randomToken(),
    signal: interrupt.signal,
  });
  terminal.write(`${url}\n`);
  terminal.writeError("The address lets its holder look; Ctrl-C ends it.\n");
  await finished;
  return EXIT_CODES.good;
};

function readPort(line: CommandLine): number {
  const port = line.get(FLAGS.port);
  if (port <= 65_535) return port;
  throw new InputError(`Cannot read --port: it must be a whole number from 0 to 65535, found ${port}`);
}
