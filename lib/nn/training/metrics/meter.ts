import type { Targets } from "../../../data/base/targets.ts";
import type { ScoresVisitor } from "./accuracy.ts";

/** A measurement of the scores of a split's rows, which are added one by one; it allocates nothing meanwhile. */
export interface Meter {
  /** Forgets all rows. */
  readonly begin: () => void;
  /** Adds a row; each row is added once, in order. */
  readonly add: ScoresVisitor;
  /** Returns the measurement of the rows that were added. */
  readonly value: () => number;
}

/** The rows that a {@link Meter} measures. */
export interface MeteredSplit {
  /** The labels of all rows of the split, `[n]`. */
  readonly labels: Int32Array;
  /** Line of each row; see `Split`. */
  readonly lines?: Int32Array;
  /** The name of the split in messages, such as "the validation split". */
  readonly splitName: string;
  readonly numClasses: number;
  /** What rows have instead of a class; omitted if they have one. */
  readonly targets?: MeteredTargets;
}

/** The targets of a {@link MeteredSplit}, and how scores compare with them. */
export interface MeteredTargets extends Targets {
  /** Of all rows of the split, `[n, targets]`. */
  readonly values: Float64Array;
}
