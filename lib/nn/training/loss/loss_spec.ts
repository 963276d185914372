import { checkFields, either, numberWhere, oneOf } from "../../../core/check/fields.ts";

/** What training minimizes besides the plain mean softmax cross-entropy: plain data. Metrics do not change. */
export interface LossSpec {
  /**
   * The share of each target that is spread evenly over all classes (Szegedy et al. 2016), in [0, 1). Default: 0.
   *
   * The target of the label is `1 - s + s / k` of k classes, that of any other `s / k`, as PyTorch and Keras have it.
   */
  readonly labelSmoothing?: number;
  /**
   * How much rows of each class count, in the order of the classes and above 0, or "balanced" for weights such that all
   * classes count the same: `n / (k * rows of the class)`, of the n training rows, as scikit-learn has it. Default: 1 each.
   *
   * Weights are divided by their mean over the training rows, so that the learning rate means the same. By comparison,
   * PyTorch divides by the sum of the weights in a batch, and Keras does not divide.
   */
  readonly classWeights?: "balanced" | readonly number[];
}

/**
 * Checks a loss, and leaves out what confirms a default; undefined if that is all.
 *
 * @throws {InputError} `Cannot <action>: solver.loss.<field> must be ..., found ...`.
 */
export function resolveLoss(loss: LossSpec, { action }: { readonly action: string }): LossSpec | undefined {
  checkFields(loss, {
    action,
    path: "solver.loss",
    optional: {
      labelSmoothing: numberWhere("a number from 0 to below 1", (value) => value >= 0 && value < 1),
      classWeights: either(oneOf("balanced"), {
        expected: "a list of at least 2 numbers above 0",
        accepts: (value) =>
          Array.isArray(value) && value.length >= 2 &&
          value.every((weight) => Number.isFinite(weight) && weight > 0),
      }),
    },
  });
  const { labelSmoothing = 0, classWeights } = loss;
  if (labelSmoothing === 0 && classWeights === undefined) return undefined;
  return {
    ...labelSmoothing === 0 ? {} : { labelSmoothing },
    ...classWeights === undefined
      ? {}
      : { classWeights: classWeights === "balanced" ? classWeights : [...classWeights] },
  };
}
