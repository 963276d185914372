import type { NotFiniteError } from "../net/not_finite_error.ts";

/** Training cannot go on: a loss, a score, a weight or what an optimizer remembers is no longer a finite number. */
export class DivergedError extends Error {
  /** Its name, which errors are recognized by. */
  override readonly name = "DivergedError";
  /** The epoch during or behind which it happened; 0 is before training. */
  readonly epoch: number;

  /** Makes the error of an epoch. */
  constructor(message: string, { epoch }: { readonly epoch: number }) {
    super(message);
    this.epoch = epoch;
  }
}

/** Returns the error of a net that gave a row no finite score with the weights of an epoch. */
export function divergedAt({ message }: NotFiniteError, epoch: number): DivergedError {
  const when = epoch === 0 ? "before training" : `after epoch ${epoch}`;
  return new DivergedError(`${message} ${when}`, { epoch });
}
