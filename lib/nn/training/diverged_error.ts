import type { NotFiniteError } from "../net/not_finite_error.ts";

/** Training cannot continue: a loss, a score, a weight or a tensor of the optimizer is no longer finite. */
export class DivergedError extends Error {
  /** Identifies the error, also across copies of this module. */
  override readonly name = "DivergedError";
  /** The epoch during or after which it happened; 0 is before training. */
  readonly epoch: number;

  /** Makes the error of an epoch. */
  constructor(message: string, { epoch }: { readonly epoch: number }) {
    super(message);
    this.epoch = epoch;
  }
}

/** Returns the error of a net that computed no finite score for a row with the weights of an epoch. */
export function divergedAt({ message }: NotFiniteError, epoch: number): DivergedError {
  const when = epoch === 0 ? "before training" : `after epoch ${epoch}`;
  return new DivergedError(`${message} ${when}`, { epoch });
}
