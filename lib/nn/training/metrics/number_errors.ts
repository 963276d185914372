import { NotFiniteError } from "../../net/not_finite_error.ts";
import type { Meter, MeteredSplit } from "./meter.ts";

/**
 * Binds the root mean squared error of numbers in their own unit: of each target `sqrt(sum of (p - t)^2 / n)`, and of several
 * the mean of these, as scikit-learn's `root_mean_squared_error`. Sums are float64, from the first row to the last.
 *
 * `add` of this and of the meters below throws a {@link NotFiniteError} where a sum is not finite.
 */
export function rmse(split: MeteredSplit): Meter {
  return errorMeter(split, {
    partOf: (error) => error * error,
    valueOf: (sum, { n }) => Math.sqrt(sum / n),
  });
}

/** Binds the mean absolute error, likewise. */
export function mae(split: MeteredSplit): Meter {
  return errorMeter(split, { partOf: Math.abs, valueOf: (sum, { n }) => sum / n });
}

/**
 * Binds the coefficient of determination: of each target `1 - (sum of (p - t)^2) / (sum of (t - mean)^2)`, with the mean of
 * the split, and of several the mean of these. Where all numbers of the split are the same, it is 1 without an error and else
 * 0. It is scikit-learn's `r2_score`.
 */
export function r2(split: MeteredSplit): Meter {
  const spreads = spreadsOf(split);
  return errorMeter(split, {
    partOf: (error) => error * error,
    valueOf(sum, { target }) {
      if (spreads[target] === 0) return sum === 0 ? 1 : 0;
      return 1 - sum / spreads[target];
    },
  });
}

/** Binds the mean squared error of standardized numbers, over all rows and targets. */
export function squaredError(split: MeteredSplit): Meter {
  const { scales } = split.targets!;
  return errorMeter(split, {
    partOf: (error) => error * error,
    valueOf: (sum, { n, target }) => sum / (scales[target].divisor * scales[target].divisor) / n,
  });
}

interface ErrorMeter {
  /** What an error, prediction less target, adds to the sum of its target. */
  readonly partOf: (error: number) => number;
  /** Turns the sum of a target over n rows into its measurement. */
  readonly valueOf: (sum: number, of: { readonly n: number; readonly target: number }) => number;
}

function errorMeter({ targets, splitName, lines }: MeteredSplit, { partOf, valueOf }: ErrorMeter): Meter {
  const { values, scales } = targets!;
  const { length: width } = scales;
  const sums = new Float64Array(width);
  let n = 0;
  return {
    begin() {
      sums.fill(0);
      n = 0;
    },
    add(row, { data, cols }, i) {
      for (let j = 0; j < width; j++) {
        const { offset, divisor } = scales[j];
        sums[j] += partOf((data[i * cols + j] * divisor + offset) - values[row * width + j]);
        if (Number.isFinite(sums[j])) continue;
        throw new NotFiniteError({ place: i, what: `the error of output ${j}`, value: sums[j] }, {
          ...{ row, lines },
          rows: splitName,
        });
      }
      n += 1;
    },
    value() {
      let total = 0;
      for (let target = 0; target < width; target++) total += valueOf(sums[target], { n, target });
      return total / width;
    },
  };
}

function spreadsOf({ targets }: MeteredSplit): Float64Array {
  const { values, scales: { length: width } } = targets!;
  const n = values.length / width;
  const spreads = new Float64Array(width);
  for (let j = 0; j < width; j++) {
    let sum = 0;
    let areSame = true;
    for (let at = j; at < values.length; at += width) {
      sum += values[at];
      areSame &&= values[at] === values[j];
    }
    // The mean of equal numbers may differ from them in the last bit.
    if (areSame) continue;
    const mean = sum / n;
    for (let at = j; at < values.length; at += width) spreads[j] += (values[at] - mean) * (values[at] - mean);
  }
  return spreads;
}
