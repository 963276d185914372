import type { TrialEvent } from "../experiment/trial/trial_event.ts";

/** Returns how many epochs a trial trains, or undefined if that is not known. */
export type EpochsOf = (trial: string) => number | undefined;

/** What tells how many epochs a trial must have. */
export interface ExpectedEpochs {
  /** How the trial ended; null if it did not, or if what it ended with is no result. */
  readonly end: TrialEvent | null;
  /** How many epochs it trains; undefined where that is not known. */
  readonly epochs: number | undefined;
}

/** Returns the first epoch of a trial that should be known and is not, or null if all of them are. */
export function missingEpoch(known: ReadonlySet<number>, { end, epochs }: ExpectedEpochs): number | null {
  let last = -1;
  for (const epoch of known) last = Math.max(last, epoch);
  if (end?.type === "done" || (end?.type === "diverged" && end.split === "test")) {
    last = Math.max(last, epochs ?? (end.type === "done" ? end.bestEpoch : end.epoch));
    // The epoch in which a trial diverges is not measured.
  } else if (end?.type === "diverged") last = Math.max(last, end.epoch - 1);
  for (let epoch = 0; epoch <= last; epoch++) if (!known.has(epoch)) return epoch;
  return null;
}
