/** Returns how many numbers are so small that a processor computes with them many times slower. */
export function countSubnormal(arrays: readonly (Float32Array | Float64Array)[]): number {
  let count = 0;
  for (const array of arrays) {
    const smallest = array instanceof Float32Array ? 2 ** -126 : 2 ** -1022;
    for (const value of array) if (value !== 0 && Math.abs(value) < smallest) count++;
  }
  return count;
}
