import type { Trial } from "../trial/trial.ts";
import type { DoneEvent } from "../trial/trial_event.ts";

/** A trial that is done, with the weights of its best epoch. */
export interface TrainedTrial
  extends Pick<DoneEvent, "bestEpoch" | "bestValidationAccuracy" | "bestMetrics"> {
  readonly trial: Trial;
  readonly weights: Uint8Array;
}
