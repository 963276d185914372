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
        // An epoch is told before the next one runs; what ends the trial comes with the weights that follow it.
        if (event.type === "epoch") {
          yield { event, worker: 0 };
          // A turn of the event loop between epochs lets an interruption be heard.
          await new Promise((resolve) => setTimeout(resolve, 0));
          if (signal.aborted) return;
        }
        step = run.next();
        if (step.done) yield step.value ? { event, worker: 0, weights: step.value } : { event, worker: 0 };
      }
    }
  };
}
