import type { TrialEvent } from "../experiment/trial/trial_event.ts";

/** Returns the number of epochs of a trial, or undefined if it is not known. */
export type EpochsOf = (trial: string) => number | undefined;

/** The end of a trial and its planned epochs, which determine the epochs that it must have. */
export interface ExpectedEpochs {
  /** The trial's end; null if it has not ended, or its end is no result. */
  readonly end: TrialEvent | null;
  /** The number of epochs that it trains; undefined if not known. */
  readonly epochs: number | undefined;
}

/** Returns the first epoch of a trial that is missing, or null if none is. */
export function missingEpoch(known: ReadonlySet<number>, { end, epochs }: ExpectedEpochs): number | null {
  let last = -1;
  for (const epoch of known) last = Math.max(last, epoch);
  if (end?.type === "done" || (end?.type === "diverged" && end.split === "test")) {
    const trained = end.type === "done" ? end.lastEpoch ?? epochs : epochs;
    last = Math.max(last, trained ?? (end.type === "done" ? end.bestEpoch : end.epoch));
    // The epoch in which a trial diverges is not measured.
  } else if (end?.type === "diverged") last = Math.max(last, end.epoch - 1);
  for (let epoch = 0; epoch <= last; epoch++) if (!known.has(epoch)) return epoch;
  return null;
}
