import { classCounts } from "./class_counts.ts";
import type { Meter, MeteredSplit } from "./meter.ts";

/**
 * Binds the balanced accuracy of a split: the mean, classes in order, of the fraction of a class's rows that are predicted
 * as it, over the classes that are a label of a row.
 *
 * It is scikit-learn's `balanced_accuracy_score`. TorchMetrics' macro accuracy also counts a class, as 0, that is predicted
 * and no label.
 */
export function balancedAccuracy(split: MeteredSplit): Meter {
  const { begin, add, labelled, correct } = classCounts(split);
  return {
    begin,
    add,
    value() {
      let sum = 0;
      let classes = 0;
      for (let j = 0; j < correct.length; j++) {
        if (labelled[j] === 0) continue;
        sum += correct[j] / labelled[j];
        classes += 1;
      }
      return sum / classes;
    },
  };
}
