import { runTrial } from "../experiment/run_trial.ts";
import type { Engine, EngineEvent } from "./engine.ts";

/** Makes the engine that runs trials one after the other on the thread that asks. */
export function inlineEngine(): Engine {
  return async function* (trials, { signal, ...setting }): AsyncGenerator<EngineEvent> {
    for (const trial of trials) {
      if (signal.aborted) return;
      yield { event: { type: "started", trial: trial.id }, worker: 0 };
      const run = runTrial(trial, setting);
      let step = run.next();
      while (!step.done) {
        const event = step.value;
        step = run.next();
        yield step.done && step.value ? { event, worker: 0, weights: step.value } : { event, worker: 0 };
        // A turn of the event loop between epochs lets an interruption be heard.
        await new Promise((resolve) => setTimeout(resolve, 0));
        if (signal.aborted) return;
      }
    }
  };
}
