import { runTrial } from "../experiment/trial/run_trial.ts";
import type { Engine, EngineEvent } from "./engine.ts";
import { settingOf } from "./engine_setting.ts";

/** Makes the engine that runs trials one after the other on the calling thread. */
export function inlineEngine(): Engine {
  return async function* (
    trials,
    { signal, resume, checkpointEvery, kept, ...setting },
  ): AsyncGenerator<EngineEvent> {
    for (const trial of trials) {
      if (signal.aborted) return;
      const { id } = trial;
      yield { event: { type: "started", trial: id }, worker: 0 };
      const checkpoint = await resume?.(id) ?? undefined;
      const every = () => checkpointEvery?.(id) ?? 0;
      const own = settingOf(trial, setting);
      for (const step of runTrial(trial, { ...own, checkpoint, checkpointEvery: every })) {
        yield { ...step, worker: 0 };
        // This thread cannot write to disk while it computes.
        await kept?.();
        // A turn of the event loop between epochs lets signals arrive.
        await new Promise((resolve) => setTimeout(resolve, 0));
        if (signal.aborted) return;
      }
    }
  };
}
