import type { ImageShape } from "../../data/base/dataset.ts";
import type { Targets } from "../../data/base/targets.ts";

/**
 * The predictions of a trained net on the test split, and the filters of its first layer: plain data, journaled once.
 */
export interface Inspection {
  /** The classes' names, in label order. */
  readonly classNames: readonly string[];
  /** The image that a row holds; null if rows are no images. */
  readonly image: ImageShape | null;
  /**
   * Rows of the test split by class, then by predicted class, `[numClasses][numClasses]`; empty if there are more
   * than {@link MOST_CONFUSED} classes.
   */
  readonly confusion: readonly (readonly number[])[];
  /** Rows with a wrong prediction, the most confident first, at most {@link MOST_MISTAKES}. */
  readonly mistakes: readonly Mistake[];
  /**
   * The weights of the first {@link MOST_FILTERS} units of the first layer as pictures; empty unless rows are images.
   */
  readonly filters: readonly Picture[];
  /** Missing above {@link MOST_PREDICTED} rows, and in journals of version 0.1. */
  readonly predictions?: TestPredictions;
  /** What the net says of targets; only of rows that have them instead of a class. */
  readonly targets?: TargetInspection;
}

/** The predictions of targets on the test split. */
export interface TargetInspection {
  /** Numbers, or labels that are each true or false. */
  readonly kind: Targets["kind"];
  /** One for each target. */
  readonly names: readonly string[];
  /** One for each target, over all rows. */
  readonly measures: readonly TargetMeasures[];
  /** One for each target; missing above {@link MOST_PREDICTED} rows times targets. */
  readonly predictions?: readonly TargetPredictions[];
}

/** How well a target is predicted; the names of numbers are those of metrics without the split. */
export type TargetMeasures = NumberMeasures | LabelMeasures;

/** The errors of numbers, in their own unit. */
export interface NumberMeasures {
  /** Root mean squared error. */
  readonly rmse: number;
  /** Mean absolute error. */
  readonly mae: number;
  /** Coefficient of determination. */
  readonly r2: number;
}

/** Rows of a label by what is true and what is predicted. */
export interface LabelMeasures {
  /** Without the label, predicted without it. */
  readonly trueNegative: number;
  /** Without the label, predicted with it. */
  readonly falsePositive: number;
  /** With the label, predicted without it. */
  readonly falseNegative: number;
  /** With the label, predicted with it. */
  readonly truePositive: number;
}

/** What the net says of a target of each row of the test split, in their order. */
export interface TargetPredictions {
  /** `[rows]`: numbers in their own unit, or labels as 0 and 1. */
  readonly values: readonly number[];
  /** `[rows]`: numbers to nine significant digits, or the sigmoid probabilities of labels to six. */
  readonly predicted: readonly number[];
}

/** What the net says of each row of the test split, in their order. */
export interface TestPredictions {
  /** `[rows]`: the classes. */
  readonly labels: readonly number[];
  /** `[rows]`: the predicted classes. */
  readonly predicted: readonly number[];
  /** `[rows]`: the softmax probabilities of the predicted classes, to six significant digits. */
  readonly probabilities: readonly number[];
}

/** A row of the test split with a wrong prediction. */
export interface Mistake {
  /** Its number in the split, from 0. */
  readonly row: number;
  /** Its class. */
  readonly label: number;
  /** The predicted class. */
  readonly predicted: number;
  /** The softmax probability of that class. */
  readonly probability: number;
  /** The row as a picture; null if rows are no images. */
  readonly picture: Picture | null;
}

/** Bytes of an image, channel planes one after the other, as base64. */
export type Picture = string;

/**
 * The most classes for which there is a confusion matrix: it grows with their square, and a larger one is unreadable.
 */
export const MOST_CONFUSED = 100;

/** The most rows whose predictions are kept, or rows times targets: about 15 bytes each, in the journal and in a committed file. */
export const MOST_PREDICTED = 100_000;

/** The most mistakes of an inspection. */
export const MOST_MISTAKES = 20;

/** The most first-layer units of an inspection. */
export const MOST_FILTERS = 100;
