import { exp, log } from "../../../core/numbers/exp_log.ts";
import { NotFiniteError } from "../../net/not_finite_error.ts";
import type { Meter, MeteredSplit } from "./meter.ts";

/**
 * Binds the fraction of rows of which every label is right: a label is predicted where its score is above 0, its probability
 * above a half. It is scikit-learn's `accuracy_score` of several labels.
 */
export function exactMatch(split: MeteredSplit): Meter {
  const { counts, ...meter } = labelCounts(split);
  return { ...meter, value: () => counts.exact / counts.rows };
}

/** Binds the fraction of all labels that are right: 1 less scikit-learn's `hamming_loss`, and Keras' `binary_accuracy`. */
export function labelAccuracy(split: MeteredSplit): Meter {
  const { counts, right, ...meter } = labelCounts(split);
  return {
    ...meter,
    value: () => right.reduce((sum, count) => sum + count, 0) / (counts.rows * right.length),
  };
}

/**
 * Binds the mean over labels of `2 c / (l + p)`, where l rows have the label, p are predicted to have it, and c both. A label
 * that no row has or is predicted to have counts as 0, as in scikit-learn's `f1_score(average="macro")`.
 */
export function labelF1(split: MeteredSplit): Meter {
  const { held, predicted, both, counts: _, right: _r, ...meter } = labelCounts(split);
  return {
    ...meter,
    value() {
      let sum = 0;
      for (let j = 0; j < both.length; j++) {
        const occurrences = held[j] + predicted[j];
        sum += occurrences === 0 ? 0 : 2 * both[j] / occurrences;
      }
      return sum / both.length;
    },
  };
}

interface LabelCounts extends Pick<Meter, "begin" | "add"> {
  readonly counts: { rows: number; exact: number };
  /** Rows by label, `[labels]` each: those that have it, that are predicted to, both, and those that are right. */
  readonly held: Float64Array;
  readonly predicted: Float64Array;
  readonly both: Float64Array;
  readonly right: Float64Array;
}

function labelCounts({ targets }: MeteredSplit): LabelCounts {
  const { values, names: { length: width } } = targets!;
  const counts = { rows: 0, exact: 0 };
  const [held, predicted, both, right] = Array.from({ length: 4 }, () => new Float64Array(width));
  return {
    ...{ counts, held, predicted, both, right },
    begin() {
      counts.rows = 0;
      counts.exact = 0;
      for (const own of [held, predicted, both, right]) own.fill(0);
    },
    add(row, { data, cols }, i) {
      let wrong = 0;
      for (let j = 0; j < width; j++) {
        const label = values[row * width + j];
        const found = data[i * cols + j] > 0 ? 1 : 0;
        held[j] += label;
        predicted[j] += found;
        both[j] += label * found;
        if (label === found) right[j] += 1;
        else wrong += 1;
      }
      counts.rows += 1;
      if (wrong === 0) counts.exact += 1;
    },
  };
}

/**
 * Binds the mean over rows and labels, in order, of the sigmoid cross-entropy `max(s, 0) - s t + log(1 + e^-|s|)`, in float64:
 * PyTorch's `BCEWithLogitsLoss`.
 *
 * `add` throws a {@link NotFiniteError} where the sum of losses is not finite.
 */
export function sigmoidCrossEntropy({ targets, splitName, lines }: MeteredSplit): Meter {
  const { values, names: { length: width } } = targets!;
  let [total, elements] = [0, 0];
  return {
    begin() {
      [total, elements] = [0, 0];
    },
    add(row, { data, cols }, i) {
      for (let j = 0; j < width; j++) {
        const score = data[i * cols + j];
        total += ((score > 0 ? score : 0) - score * values[row * width + j]) + log(1 + exp(-Math.abs(score)));
      }
      elements += width;
      if (Number.isFinite(total)) return;
      throw new NotFiniteError({ place: i, what: "the loss", value: total }, { row, rows: splitName, lines });
    },
    value: () => total / elements,
  };
}
