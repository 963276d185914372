/** Training cannot go on: the loss or a weight is no longer a finite number. */
export class DivergedError extends Error {
  /** Tells it from other errors. */
  override readonly name = "DivergedError";
  /** The epoch during which it happened, from 1. */
  readonly epoch: number;

  /** Makes the error of an epoch. */
  constructor(message: string, { epoch }: { readonly epoch: number }) {
    super(message);
    this.epoch = epoch;
  }
}
