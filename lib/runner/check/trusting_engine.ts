import { type Engine, type EngineEvent, isTrialEvent } from "../../engine/engine.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { TrialEvent } from "../../experiment/trial/trial_event.ts";
import type { TrialCache } from "./trial_cache.ts";

/** Options of {@link trustingEngine}. */
export interface TrustingOptions {
  readonly cache: TrialCache;
  /** Called for each trial that is not trained. */
  readonly onTrusted: (trial: string) => void;
}

/** Makes an engine that yields the trials of a cache as they were, runs the others in another engine, and keeps them. */
export function trustingEngine(engine: Engine, { cache, onTrusted }: TrustingOptions): Engine {
  return async function* (trials, options): AsyncGenerator<EngineEvent> {
    const missing: Trial[] = [];
    for (const trial of trials) {
      const trained = await cache.read(trial);
      if (options.signal.aborted) return;
      if (trained === null) missing.push(trial);
      else {
        onTrusted(trial.id);
        yield { event: { type: "started", trial: trial.id }, worker: 0 };
        for (const event of trained.events) {
          yield event.type === "done" ? { event, worker: 0, weights: trained.weights } : { event, worker: 0 };
        }
      }
    }
    const byId = new Map(missing.map((trial) => [trial.id, trial]));
    const events = new Map<string, TrialEvent[]>();
    for await (const step of engine(missing, options)) {
      const { event, weights } = step;
      if (event.type === "started") events.set(event.trial, []);
      if (isTrialEvent(event)) {
        events.get(event.trial)?.push(event);
        if (event.type !== "epoch") {
          await cache.write(byId.get(event.trial)!, { events: events.get(event.trial) ?? [], weights });
          events.delete(event.trial);
        }
      }
      yield step;
    }
  };
}
