import type { Matrix } from "../../core/numbers/matrix.ts";

/** A tensor and its name. */
export interface NamedTensor {
  /** Such as `W1`, or `velocity of W1` in an optimizer. */
  readonly name: string;
  /** Its values. */
  readonly value: Matrix;
}
