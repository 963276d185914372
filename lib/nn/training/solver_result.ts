import type { MetricValues } from "../../core/facts/metric.ts";

/** The result of training; the net then has the best epoch's weights. */
export interface SolverResult {
  /** The first epoch with the best value of the metric that `select` names, which is the validation accuracy by default. */
  readonly bestEpoch: number;
  /** Accuracy on the validation split at the best epoch, a fraction; not of numbers. */
  readonly bestValidationAccuracy?: number;
  /** The further metrics at the best epoch; only where some are declared. */
  readonly bestMetrics?: MetricValues;
  /** {@link FullyConnectedNet.snapshot} of the best epoch. */
  readonly weights: Uint8Array;
  /** SHA-256 of the best epoch's weights. */
  readonly weightsSha256: string;
}
