import type { TargetKind } from "../../core/facts/metric.ts";

/** What rows have instead of a class. */
export interface Targets {
  /** Numbers, or labels that are each true or false. */
  readonly kind: Exclude<TargetKind, "class">;
  /** A name for each. */
  readonly names: readonly string[];
  /** How each is scaled for training, learned on the training split; labels stay 0 and 1. */
  readonly scales: readonly TargetScale[];
}

/** Maps a target t to (t - offset) / divisor. */
export interface TargetScale {
  /** The mean of the training rows. */
  readonly offset: number;
  /** Their standard deviation with divisor n, above 0. */
  readonly divisor: number;
}
