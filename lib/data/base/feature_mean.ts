import type { Split } from "./dataset.ts";
import { sharedFloats } from "./shared_arrays.ts";

/**
 * Returns the mean of each feature over the rows of a split, `[inputDim]`.
 *
 * The sum is float64, from the first row to the last. It is rounded to float32 once, or not at all for float64
 * features.
 */
export function featureMean({ n, x }: Split, inputDim: number): Float32Array | Float64Array {
  const sums = x instanceof Uint8Array ? sumBytes(x, inputDim) : sumFloats(x, inputDim);
  const mean = sharedFloats(inputDim, x instanceof Float64Array ? "float64" : "float32");
  for (let i = 0; i < inputDim; i++) mean[i] = sums[i] / n;
  return mean;
}

/**
 * Returns the sums of bytes as integers below 2^32, which equal the float64 sums exactly: 16 million rows fit.
 *
 * A word holds four features. Alternate features are added in the two halves of a word; a half can hold the sum of
 * 257 rows. Adding four rows at a time reads and writes the sums a quarter as often.
 */
function sumBytes(x: Uint8Array, inputDim: number): Uint32Array {
  const sums = new Uint32Array(inputDim);
  const rows = x.length / inputDim;
  const isInWords = inputDim % 4 === 0 && x.byteOffset % 4 === 0 && IS_LITTLE_ENDIAN;
  const rowsInWords = isInWords ? rows - rows % 4 : 0;
  for (let row = 0; row < rowsInWords; row += ROWS_OF_HALVES) {
    addWords(x.subarray(row * inputDim, Math.min(row + ROWS_OF_HALVES, rowsInWords) * inputDim), sums);
  }
  for (let start = rowsInWords * inputDim; start < x.length; start += inputDim) {
    for (let i = 0; i < inputDim; i++) sums[i] += x[start + i];
  }
  return sums;
}

const IS_LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** A multiple of four, such that 255 times it is below 2^16. */
const ROWS_OF_HALVES = 256;

const HALVES = 0x00ff00ff;

/** Adds at most {@link ROWS_OF_HALVES} rows, a multiple of four, to the sums of their features. */
function addWords(x: Uint8Array, sums: Uint32Array): void {
  const words = new Uint32Array(x.buffer, x.byteOffset, x.length / 4);
  const width = sums.length / 4;
  const even = new Uint32Array(width);
  const odd = new Uint32Array(width);
  for (let start = 0; start < words.length; start += 4 * width) {
    for (let i = 0; i < width; i++) {
      const a = words[start + i];
      const b = words[start + width + i];
      const c = words[start + 2 * width + i];
      const d = words[start + 3 * width + i];
      even[i] += (a & HALVES) + (b & HALVES) + (c & HALVES) + (d & HALVES);
      odd[i] += (a >>> 8 & HALVES) + (b >>> 8 & HALVES) + (c >>> 8 & HALVES) + (d >>> 8 & HALVES);
    }
  }
  for (let i = 0; i < width; i++) {
    sums[4 * i] += even[i] & 0xffff;
    sums[4 * i + 1] += odd[i] & 0xffff;
    sums[4 * i + 2] += even[i] >>> 16;
    sums[4 * i + 3] += odd[i] >>> 16;
  }
}

function sumFloats(x: Float32Array | Float64Array, inputDim: number): Float64Array {
  const sums = new Float64Array(inputDim);
  for (let start = 0; start < x.length; start += inputDim) {
    for (let i = 0; i < inputDim; i++) sums[i] += x[start + i];
  }
  return sums;
}
