import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import { counted } from "../../core/text/counted.ts";
import { passwordAdvice } from "../../runner/queue/redis_address.ts";
import { type Served, serveTrials, workerName } from "../../runner/queue/serve_trials.ts";
import type { RunCommand } from "../args/command.ts";
import { FLAGS } from "../args/flags.ts";
import { readRedis } from "../args/queue_flags.ts";
import { listenForInterrupt } from "../process/interrupt.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { endedText, trialText } from "../text/event_text.ts";

/** `worker`: runs the trials of a queue until it is stopped. */
export const workerCommand: RunCommand = async (line, terminal) => {
  const workers = line.get(FLAGS.workers);
  const redis = readRedis(line, { action: "serve a queue" });
  const advice = passwordAdvice(redis);
  if (advice !== null) terminal.writeError(`note: ${advice}\n`);
  using interrupt = listenForInterrupt(terminal);
  const { signal } = interrupt;
  signal.addEventListener("abort", () => terminal.writeError(STOPPING), { once: true });
  await serveTrials({
    redis,
    workers,
    signal,
    onReady: () =>
      terminal.writeError(
        `Worker ${workerName()} takes trials from ${redis.name} with ${counted(workers, "thread")}.\n`,
      ),
    observe: (event) => report(event, terminal),
  });
  return EXIT_CODES.good;
};

const STOPPING =
  "Stopping; trials that end within 20 s are reported, the others returned. Ctrl-C again ends at once.\n";

function report({ trial, event }: Served, { writeError, columnsError: columns }: Terminal): void {
  if (event.type === "epoch") return;
  if (event.type === "remark") writeError(`note: ${event.message}\n`);
  else if (trial === null) return;
  else if (event.type === "started") writeError(`${trialText(trial)}: started\n`);
  else if (event.type === "lost") writeError(`${trialText(trial)}: ${event.reason}\n`);
  else {writeError(
      `${endedText({ event }, { name: trialText(trial), columns, metric: trial.solver.select })}\n`,
    );}
}
