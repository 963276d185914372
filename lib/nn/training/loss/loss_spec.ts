/**
 * What training minimizes: plain data. Metrics do not change.
 *
 * Softmax and sigmoid are for classes, sigmoid for several labels at once, and squared and huber for numbers.
 */
export type LossSpec = SoftmaxLossSpec | SigmoidLossSpec | SquaredLossSpec | HuberLossSpec;

/** The mean softmax cross-entropy of the rows, the default of data with classes. */
export interface SoftmaxLossSpec extends ClassLossFields {
  /** Identifies the loss. Default: "softmax". */
  readonly name?: "softmax";
}

/**
 * The mean sigmoid cross-entropy, `log(1 + e^s) - s t` of a score s and a target t of 0 or 1: the default of data with several
 * labels, over all rows and labels, as PyTorch's `BCEWithLogitsLoss`; and for data of two classes, with one output, which is
 * the score of the second.
 */
export interface SigmoidLossSpec extends ClassLossFields {
  /** Identifies the loss. */
  readonly name: "sigmoid";
}

/**
 * The mean squared error of standardized numbers, over all rows and targets: the default of data with a target. It has no
 * factor of a half, as PyTorch's `MSELoss` and Keras; scikit-learn's `MLPRegressor` has one.
 */
export interface SquaredLossSpec extends NoClassFields {
  /** Identifies the loss. */
  readonly name: "squared";
  /** Only of huber. */
  readonly delta?: never;
}

/**
 * The mean Huber loss of standardized numbers (Huber 1964): half the squared error up to `delta`, and linear beyond, so that
 * outliers count less; as PyTorch's `HuberLoss` and Keras' `Huber`.
 */
export interface HuberLossSpec extends NoClassFields {
  /** Identifies the loss. */
  readonly name: "huber";
  /** Where it becomes linear, in standard deviations of the target, above 0. Default: 1. */
  readonly delta?: number;
}

/** Settings of losses of classes and labels. */
export interface ClassLossFields {
  /**
   * The share of each target that is spread evenly over all classes (Szegedy et al. 2016), in [0, 1). Default: 0.
   *
   * The target of the label is `1 - s + s / k` of k classes, that of any other `s / k`, as PyTorch and Keras have it. With
   * sigmoid a target t becomes `t (1 - s) + s / 2`, as in Keras.
   */
  readonly labelSmoothing?: number;
  /**
   * How much rows of each class count, in the order of the classes and above 0, or "balanced" for weights such that all
   * classes count the same: `n / (k * rows of the class)`, of the n training rows, as scikit-learn has it. Not for several
   * labels. Default: 1 each.
   *
   * Weights are divided by their mean over the training rows, so that the learning rate means the same. By comparison,
   * PyTorch divides by the sum of the weights in a batch, and Keras does not divide.
   */
  readonly classWeights?: "balanced" | readonly number[];
  /** Only of huber. */
  readonly delta?: never;
}

/** Settings that losses of numbers do not have. */
export interface NoClassFields {
  /** Only of classes and labels. */
  readonly labelSmoothing?: never;
  /** Only of classes. */
  readonly classWeights?: never;
}
