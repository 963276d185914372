import type { NotFiniteError } from "../net/not_finite_error.ts";

/**
 * Training cannot continue: a loss, a score, a weight or a tensor of the optimizer is no longer finite.
 *
 * {@linkcode Solver} throws it; {@linkcode runTrial} makes an event of it.
 *
 * @example
 * ```ts
 * import { blobs, DivergedError, FullyConnectedNet, loadDataset, Solver } from "@seedbed/seedbed";
 * import { assertThrows } from "@std/assert";
 *
 * const spec = blobs({ numClasses: 3, inputDim: 4, spread: 0.2, train: 300, validation: 100, test: 100 });
 * const dataset = await loadDataset(spec);
 * const net = new FullyConnectedNet({ hiddenDims: [16], inputDim: 4, numClasses: 3, weightScale: "he", seed: 231 });
 * const optimizer = { name: "sgd", learningRate: 1e30 } as const;
 * const solver = new Solver(net, { dataset, optimizer, batchSize: 50, epochs: 5 });
 * assertThrows(() => solver.train(), DivergedError);
 * ```
 */
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
