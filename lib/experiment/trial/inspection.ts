import type { ImageShape } from "../../data/base/dataset.ts";

/** What a trained net makes of the test split, and what its first layer looks for: plain data, journaled once. */
export interface Inspection {
  /** The classes' names, in label order. */
  readonly classNames: readonly string[];
  /** How a row is an image; null if it is none. */
  readonly image: ImageShape | null;
  /**
   * Rows of the test split by class, then by the class that the net took them for, `[numClasses][numClasses]`; empty if
   * there are more than {@link MOST_CONFUSED} classes.
   */
  readonly confusion: readonly (readonly number[])[];
  /** Rows that were taken for another class, the surest first, at most {@link MOST_MISTAKES}. */
  readonly mistakes: readonly Mistake[];
  /** What the first {@link MOST_FILTERS} units of the first layer look for; empty unless rows are images. */
  readonly filters: readonly Picture[];
}

/** A row of the test split that was taken for another class. */
export interface Mistake {
  /** Its number in the split, from 0. */
  readonly row: number;
  /** Its class. */
  readonly label: number;
  /** The class that the net took it for. */
  readonly predicted: number;
  /** The softmax probability of that class. */
  readonly probability: number;
  /** The row as a picture; null if rows are no images. */
  readonly picture: Picture | null;
}

/** Bytes of an image, channel planes one after the other, as base64. */
export type Picture = string;

/** How many classes may have a matrix of which is taken for which: nobody can read one of more, and it grows by the square. */
export const MOST_CONFUSED = 100;

/** How many mistakes an inspection holds. */
export const MOST_MISTAKES = 20;

/** How many first-layer units an inspection holds. */
export const MOST_FILTERS = 100;
