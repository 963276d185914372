import type { Meter, MeteredSplit } from "./meter.ts";

/**
 * Binds the top-k accuracy of a split: the fraction of rows whose label is among the k highest scores. Of equal scores the
 * one of the class that comes first counts as higher, so that top 1 would be the accuracy.
 *
 * scikit-learn's `top_k_accuracy_score` prefers the last class of equal scores, Keras counts all that equal the k-th, and
 * PyTorch's `topk` promises no order.
 */
export function topAccuracy({ labels }: MeteredSplit, k: number): Meter {
  let correct = 0;
  let count = 0;
  return {
    begin() {
      correct = 0;
      count = 0;
    },
    add(row, { data, cols }, i) {
      const start = i * cols;
      const label = labels[row];
      const score = data[start + label];
      let higher = 0;
      for (let j = 0; j < label; j++) if (data[start + j] >= score) higher += 1;
      for (let j = label + 1; j < cols; j++) if (data[start + j] > score) higher += 1;
      if (higher < k) correct += 1;
      count += 1;
    },
    value: () => correct / count,
  };
}
