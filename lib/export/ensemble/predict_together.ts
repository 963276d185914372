import { bestClass } from "../../nn/training/metrics/accuracy.ts";
import { type Outputs, sumOutputs } from "../../nn/training/metrics/mean_outputs.ts";
import type { ModelFacts } from "../model_facts.ts";
import { type PredictRowsOptions, type RowPrediction, visitRows } from "../predict_rows.ts";
import type { TrainedModel } from "../trained_model.ts";

/** Predictions of nets together, which are visited one after the other. */
export interface TogetherPredictions {
  /**
   * Adds what a net predicts of the rows.
   *
   * @throws {UnpredictableError} If a score is not finite.
   */
  readonly add: (model: TrainedModel, rows: PredictRowsOptions) => void;
  /** Returns the means of all nets: softmax probabilities of classes, sigmoid ones of labels, or numbers in their own unit. */
  readonly means: () => Outputs;
}

/** Begins the predictions of nets together for a number of rows, with the same bits as on the test split. */
export function predictTogether(
  { rows, facts: { classNames, targets } }: {
    readonly rows: number;
    readonly facts: Pick<ModelFacts, "classNames" | "targets">;
  },
): TogetherPredictions {
  const sums = sumOutputs({ rows, cols: targets?.names.length ?? classNames.length });
  let nets = 0;
  return {
    add(model, rows) {
      visitRows(model, { ...rows, visit: sums.addOf(model.facts.targets) });
      nets += 1;
    },
    means: () => sums.means(nets),
  };
}

/** Returns the class of each row from the means: that with the highest probability, the first of equal ones. */
export function classesOf(means: Outputs): readonly RowPrediction[] {
  return Array.from({ length: means.rows }, (_, row) => {
    const label = bestClass(means, row);
    return { label, probability: means.data[row * means.cols + label] };
  });
}
