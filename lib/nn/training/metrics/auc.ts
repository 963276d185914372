import type { Meter, MeteredSplit } from "./meter.ts";

/**
 * Binds the area under the ROC curve of a split of two classes: the fraction of pairs of a row of class 1 and one of class
 * 0 in which the first has the higher `s[1] - s[0]`; a pair of equal ones counts half. This is the Mann-Whitney statistic
 * by mid-ranks, divided by the number of pairs: sums of halves, which are exact, and one rounding.
 *
 * It is scikit-learn's `roc_auc_score` of these differences, which order rows as their probabilities do, but for
 * probabilities that round to the same number. Keras' `AUC` approximates it by thresholds.
 *
 * A split without one of the classes has no such area: see `checkMetricsData`.
 */
export function auc({ labels }: MeteredSplit): Meter {
  const positives = labels.reduce((count, label) => count + label, 0);
  // One array for each class, allocated once; they are sorted in place.
  const high = new Float64Array(positives);
  const low = new Float64Array(labels.length - positives);
  let highCount = 0;
  let lowCount = 0;
  return {
    begin() {
      highCount = 0;
      lowCount = 0;
    },
    add(row, { data }, i) {
      const difference = data[2 * i + 1] - data[2 * i];
      if (labels[row] === 1) high[highCount++] = difference;
      else low[lowCount++] = difference;
    },
    value: () => wonPairs(high.sort(), low.sort()) / (high.length * low.length),
  };
}

/** Returns the number of pairs of sorted numbers in which the first is higher; equal ones count half. */
function wonPairs(high: Float64Array, low: Float64Array): number {
  let won = 0;
  let below = 0;
  let notAbove = 0;
  for (let i = 0; i < high.length; i++) {
    while (below < low.length && low[below] < high[i]) below += 1;
    while (notAbove < low.length && low[notAbove] <= high[i]) notAbove += 1;
    won += (below + notAbove) / 2;
  }
  return won;
}
