import { NotFiniteError } from "../../nn/net/not_finite_error.ts";
import { divergedAt } from "../../nn/training/diverged_error.ts";
import { type EvaluateOptions, evaluateTrial, type TestMeasurements } from "./evaluate_trial.ts";
import type { Trial } from "./trial.ts";
import type { DivergedEvent } from "./trial_event.ts";

/** Options of {@link testTrial}. */
export interface TestOptions extends EvaluateOptions {
  /** The epoch of the weights. */
  readonly bestEpoch: number;
}

/** Returns the measurements of a trained trial on the test split, or a `diverged` event. */
export function testTrial(
  trial: Trial,
  { bestEpoch: epoch, ...options }: TestOptions,
): TestMeasurements | DivergedEvent {
  try {
    return evaluateTrial(trial, options);
  } catch (error) {
    if (!(error instanceof NotFiniteError)) throw error;
    const reason = divergedAt(error, epoch).message;
    return { type: "diverged", trial: trial.id, epoch, reason, split: "test" };
  }
}
