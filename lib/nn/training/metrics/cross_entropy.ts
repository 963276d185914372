import { exp, log } from "../../../core/numbers/exp_log.ts";
import { NotFiniteError } from "../../net/not_finite_error.ts";
import type { Meter, MeteredSplit } from "./meter.ts";

/**
 * Binds the mean softmax cross-entropy of a split: the mean over rows, in order, of
 * `log(sum over classes j, in order, of exp(s[j] - max)) - (s[label] - max)`.
 *
 * All of it is float64, with Seedbed's own `exp` and `log`; it has no L2 penalty. It is what scikit-learn's `log_loss`
 * gives for the softmax probabilities of the scores, and PyTorch's and Keras' cross-entropy from logits with the mean as
 * reduction; scikit-learn clips probabilities, which nothing here does.
 *
 * `add` throws a {@link NotFiniteError} where the sum of losses is not finite, as differences of large float64 scores may
 * be.
 */
export function crossEntropy({ labels, lines, splitName }: MeteredSplit): Meter {
  let total = 0;
  let count = 0;
  return {
    begin() {
      total = 0;
      count = 0;
    },
    add(row, { data, cols }, i) {
      const start = i * cols;
      let max = data[start];
      for (let j = 1; j < cols; j++) if (data[start + j] > max) max = data[start + j];
      let sum = 0;
      for (let j = 0; j < cols; j++) sum += exp(data[start + j] - max);
      total += log(sum) - (data[start + labels[row]] - max);
      count += 1;
      if (Number.isFinite(total)) return;
      throw new NotFiniteError({ place: i, what: "the loss", value: total }, { row, rows: splitName, lines });
    },
    value: () => total / count,
  };
}
