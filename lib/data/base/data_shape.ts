import type { SplitSizes } from "./data_spec.ts";

/** The shape of a data set, as far as trials depend on it, and the memory that it takes. */
export interface DataShape {
  /** Features of a row. */
  readonly inputDim: number;
  readonly numClasses: number;
  /** Bytes of all arrays of the loaded data set. */
  readonly bytes: number;
}

/** What {@link shapeOf} needs besides the sizes of the splits. */
export interface ShapeFields {
  readonly inputDim: number;
  readonly numClasses: number;
  /** Bytes of a feature: 1 for pixels, else those of its dtype. */
  readonly featureBytes: 1 | 4 | 8;
  /** Whether rows have lines. Default: false. */
  readonly hasLines?: boolean;
}

const LABEL_BYTES = 4;
const LINE_BYTES = 4;

/** Returns the shape of a data set whose rows have these fields. */
export function shapeOf(
  { train, validation, test }: SplitSizes,
  { inputDim, numClasses, featureBytes, hasLines = false }: ShapeFields,
): DataShape {
  const rowBytes = inputDim * featureBytes + LABEL_BYTES + (hasLines ? LINE_BYTES : 0);
  // The mean of pixels is held in float32.
  const meanBytes = inputDim * Math.max(featureBytes, 4);
  return { inputDim, numClasses, bytes: (train + validation + test) * rowBytes + meanBytes };
}
