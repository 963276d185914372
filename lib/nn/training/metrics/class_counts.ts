import { bestClass } from "./accuracy.ts";
import type { Meter, MeteredSplit } from "./meter.ts";

/** Counts of rows by class, `[numClasses]` each. */
export interface ClassCounts extends Pick<Meter, "begin" | "add"> {
  /** Rows of the class. */
  readonly labelled: Float64Array;
  /** Rows that are predicted as the class. */
  readonly predicted: Float64Array;
  /** Rows of the class that are predicted as it. */
  readonly correct: Float64Array;
}

/** Binds the counts of rows by label and by the class with the highest score, the first of equal ones. */
export function classCounts({ labels, numClasses }: MeteredSplit): ClassCounts {
  const labelled = new Float64Array(numClasses);
  const predicted = new Float64Array(numClasses);
  const correct = new Float64Array(numClasses);
  return {
    labelled,
    predicted,
    correct,
    begin() {
      labelled.fill(0);
      predicted.fill(0);
      correct.fill(0);
    },
    add(row, scores, i) {
      const best = bestClass(scores, i);
      const label = labels[row];
      labelled[label] += 1;
      predicted[best] += 1;
      if (best === label) correct[label] += 1;
    },
  };
}
