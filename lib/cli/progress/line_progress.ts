import type { Trial } from "../../experiment/trial/trial.ts";
import type { RunEvent } from "../../runner/plan/run_event.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { dataText, endedText, plannedText, rungText, trialText } from "../text/event_text.ts";
import type { Progress } from "./progress.ts";

/** Returns a progress that writes one plain line for each trial that ends, and one for each tenth of the data. */
export function lineProgress({ writeError }: Pick<Terminal, "writeError">): Progress {
  const trials = new Map<string, Trial>();
  let ended = 0;
  let lastData = "";
  const observe = (event: RunEvent) => {
    if (event.type === "planned") {
      for (const trial of event.toRun) trials.set(trial.id, trial);
      writeError(plannedText(event));
    } else if (event.type === "rung") {
      ended = 0;
      trials.clear();
      for (const trial of event.toRun) trials.set(trial.id, trial);
      writeError(`${rungText(event)}\n`);
    } else if (event.type === "data") {
      const { label, done, total } = event;
      const text = dataText({
        ...event,
        done: total === null ? done : Math.floor((done / total) * 10) * total / 10,
      });
      if (text !== lastData && label !== "") writeError(`data: ${text}\n`);
      lastData = text;
    } else if (event.type === "note") {
      writeError(`note: ${event.message}\n`);
    } else if (event.type === "ended") {
      ended += 1;
      const trial = trials.get(event.event.trial);
      const name = trial === undefined ? event.event.trial : trialText(trial);
      const head = `[${ended}/${trials.size}] `;
      writeError(`${endedText(event, { name, head, columns: null, metric: trial?.solver.select })}\n`);
    }
  };
  return { observe, [Symbol.dispose]() {} };
}
