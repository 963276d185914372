/** The result of training; the net then has the best epoch's weights. */
export interface SolverResult {
  /** The first epoch with the best validation accuracy. */
  readonly bestEpoch: number;
  /** A fraction. */
  readonly bestValidationAccuracy: number;
  /** {@link FullyConnectedNet.snapshot} of the best epoch. */
  readonly weights: Uint8Array;
  /** SHA-256 of the best epoch's weights. */
  readonly weightsSha256: string;
}
