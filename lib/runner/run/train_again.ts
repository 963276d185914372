import type { KernelKind } from "../../core/facts/kernel_kind.ts";
import { type Datasets, type Engine, isTrialEvent } from "../../engine/engine.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { TrialEvent } from "../../experiment/trial/trial_event.ts";

/** Options of {@link trainAgain}. */
export interface TrainAgain {
  readonly engine: Engine;
  readonly datasets: Datasets;
  readonly kernels?: KernelKind;
  readonly signal: AbortSignal;
  /** Called with every event, to compare it with those of the first run. */
  readonly observe: (event: TrialEvent) => void;
}

/**
 * Runs a finished trial again for its weights.
 *
 * @throws {Error} If it fails, which the user cannot fix.
 */
export async function trainAgain(
  trial: Trial,
  { engine, observe, signal, ...setting }: TrainAgain,
): Promise<Uint8Array> {
  let found: Uint8Array | null = null;
  for await (const { event, weights } of engine([trial], { ...setting, signal })) {
    if (!isTrialEvent(event)) continue;
    if (event.type === "failed") {
      throw new Error(`Cannot train ${trial.id} again for its weights: it failed, ${event.reason}`);
    }
    observe(event);
    if (event.type === "done") found = weights ?? null;
  }
  signal.throwIfAborted();
  if (found === null) throw new Error(`Cannot train ${trial.id} again: the engine gave no weights`);
  return found;
}
