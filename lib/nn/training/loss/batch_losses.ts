import type { Dataset } from "../../../data/base/dataset.ts";
import type { BoundLoss, Pass } from "../../net/pass.ts";
import { usedLoss } from "./resolve_loss.ts";
import type { LossSpec } from "./loss_spec.ts";
import { rowWeights } from "./row_weights.ts";

/** The loss of training, bound to batches of one size. */
export interface BatchLoss {
  /** Takes the labels, the targets and the weights of the rows of a batch. */
  readonly pick: (rows: Int32Array) => void;
  /** As {@link Pass.backward}, with this loss. */
  readonly backward: () => number;
}

/**
 * Prepares the loss of training on a data set: how much rows count, and their targets. It returns a function that binds the
 * loss to passes of any size.
 *
 * Targets are scaled as the data set says, `(t - offset) / divisor` in float64, or are the label of two classes; smoothing by
 * s makes `t * (1 - s) + s / 2` of them.
 */
export function batchLosses(
  dataset: Pick<Dataset, "train" | "numClasses" | "targets">,
  loss: LossSpec | undefined,
): (pass: Pass) => BatchLoss {
  const { train: { labels, ...train }, numClasses, targets } = dataset;
  const { name, labelSmoothing, classWeights, delta } = usedLoss(loss, targets?.kind ?? "class");
  const weightOfRow = rowWeights(dataset.train, { classWeights, numClasses });
  const isWeighted = weightOfRow !== null;
  const { scales } = targets ?? { scales: [{ offset: 0, divisor: 1 }] };
  const values = train.targets ?? labels;
  const width = scales.length;
  const pickTargets = ({ data }: NonNullable<BoundLoss["targets"]>, rows: Int32Array) => {
    for (let i = 0; i < rows.length; i++) {
      for (let j = 0; j < width; j++) {
        const target = (values[rows[i] * width + j] - scales[j].offset) / scales[j].divisor;
        data[i * width + j] = labelSmoothing === 0
          ? target
          : target * (1 - labelSmoothing) + labelSmoothing / 2;
      }
    }
  };
  return (pass) => {
    const bound = pass.bindLoss(
      name === "softmax" ? { name, isWeighted, smoothing: labelSmoothing } : { name, isWeighted, delta },
    );
    return {
      pick(rows) {
        if (bound.targets !== null) pickTargets(bound.targets, rows);
        else for (let i = 0; i < rows.length; i++) pass.labels.data[i] = labels[rows[i]];
        if (bound.weights === null) return;
        for (let i = 0; i < rows.length; i++) bound.weights.data[i] = weightOfRow![rows[i]];
      },
      backward: () => bound.backward(),
    };
  };
}
