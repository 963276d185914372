import { classCounts } from "./class_counts.ts";
import type { Meter, MeteredSplit } from "./meter.ts";

/**
 * Binds the macro F1 of a split: the mean, classes in order, of `2 c / (l + p)` over the classes that are a label or a
 * prediction of a row, where l rows have that label, p that prediction, and c both.
 *
 * It is scikit-learn's `f1_score(average="macro")`: a class without a correct row counts as 0, and one that does not occur
 * at all is left out. Keras and TorchMetrics count a class that does not occur as 0.
 */
export function macroF1(split: MeteredSplit): Meter {
  const { begin, add, labelled, predicted, correct } = classCounts(split);
  return {
    begin,
    add,
    value() {
      let sum = 0;
      let classes = 0;
      for (let j = 0; j < correct.length; j++) {
        const occurrences = labelled[j] + predicted[j];
        if (occurrences === 0) continue;
        sum += 2 * correct[j] / occurrences;
        classes += 1;
      }
      return sum / classes;
    },
  };
}
