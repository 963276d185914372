import type { Split } from "./dataset.ts";
import { sharedFloats } from "./shared_arrays.ts";

/**
 * Returns the mean of each feature over the rows of a split, `[inputDim]`.
 *
 * Summed in float64 from the first row to the last and rounded to float32 once, or not at all where the features are
 * float64.
 */
export function featureMean({ n, x }: Split, inputDim: number): Float32Array | Float64Array {
  const sums = x instanceof Uint8Array ? sumBytes(x, inputDim) : sumFloats(x, inputDim);
  const mean = sharedFloats(inputDim, x instanceof Float64Array ? "float64" : "float32");
  for (let i = 0; i < inputDim; i++) mean[i] = sums[i] / n;
  return mean;
}

/** Whole numbers below 2^32 are the float64 sums exactly, at a third of the time: 16 million rows of bytes fit. */
function sumBytes(x: Uint8Array, inputDim: number): Uint32Array {
  const sums = new Uint32Array(inputDim);
  for (let start = 0; start < x.length; start += inputDim) {
    for (let i = 0; i < inputDim; i++) sums[i] += x[start + i];
  }
  return sums;
}

function sumFloats(x: Float32Array | Float64Array, inputDim: number): Float64Array {
  const sums = new Float64Array(inputDim);
  for (let start = 0; start < x.length; start += inputDim) {
    for (let i = 0; i < inputDim; i++) sums[i] += x[start + i];
  }
  return sums;
}
