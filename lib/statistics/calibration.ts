/** Whether probabilities mean what they say: rows by the probability of their prediction. */
export interface Calibration {
  readonly bins: readonly CalibrationBin[];
  /** Mean distance of accuracy from mean probability over the bins, weighted by their rows: a fraction. */
  readonly expectedError: number;
}

/** The rows whose prediction has a probability in (low, high]. */
export interface CalibrationBin {
  readonly low: number;
  readonly high: number;
  readonly rows: number;
  /** Null without rows. */
  readonly meanProbability: number | null;
  /** Fraction of its rows that are right; null without rows. */
  readonly accuracy: number | null;
}

/** A prediction of a row. */
export interface JudgedPrediction {
  /** The probability that the net gave its prediction, in [0, 1]. */
  readonly probability: number;
  readonly isRight: boolean;
}

const BINS = 10;

/**
 * Returns the calibration of predictions over ten bins of equal width; null for no rows.
 *
 * Source: Guo, Pleiss, Sun and Weinberger, On calibration of modern neural networks, 2017, equations 2 to 5.
 */
export function calibration(predictions: Iterable<JudgedPrediction>): Calibration | null {
  const rows = new Float64Array(BINS);
  const right = new Float64Array(BINS);
  const sums = new Float64Array(BINS);
  let total = 0;
  for (const { probability, isRight } of predictions) {
    const bin = Math.max(0, Math.ceil(probability * BINS) - 1);
    rows[bin]++;
    sums[bin] += probability;
    if (isRight) right[bin]++;
    total++;
  }
  if (total === 0) return null;
  let error = 0;
  for (let bin = 0; bin < BINS; bin++) error += Math.abs(right[bin] - sums[bin]);
  return {
    expectedError: error / total,
    bins: Array.from({ length: BINS }, (_, bin) => ({
      low: bin / BINS,
      high: (bin + 1) / BINS,
      rows: rows[bin],
      meanProbability: rows[bin] === 0 ? null : sums[bin] / rows[bin],
      accuracy: rows[bin] === 0 ? null : right[bin] / rows[bin],
    })),
  };
}
