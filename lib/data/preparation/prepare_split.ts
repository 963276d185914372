import type { DType } from "../../core/numbers/dtype.ts";
import { columnFeatures, featureNames, type Preparation } from "../base/preparation.ts";
import type { RawColumn } from "../base/raw_column.ts";
import { sharedFloats } from "../base/shared_arrays.ts";
import { prepareColumn } from "./prepare_column.ts";

/** Options of {@link prepareSplit}. */
export interface PrepareSplitOptions {
  readonly preparation: Preparation;
  /** The rows of the split, in their order. */
  readonly rows: Int32Array;
  readonly dtype: DType;
}

/**
 * Returns the features of rows whose columns are in memory, `[rows, inputDim]`, on shared memory.
 *
 * @throws {InputError} If a value does not fit its column.
 */
export function prepareSplit(
  columns: readonly RawColumn[],
  { preparation, rows, dtype }: PrepareSplitOptions,
): Float32Array | Float64Array {
  const inputDim = featureNames(preparation).length;
  const x = sharedFloats(rows.length * inputDim, dtype);
  let at = 0;
  preparation.columns.forEach((prepared, index) => {
    const placeOf = (row: number) => `row ${row + 1}`;
    prepareColumn(columns[index], { prepared, rows, x, inputDim, at, placeOf });
    at += columnFeatures(prepared).length;
  });
  return x;
}
