/**
 * Returns the lowest and the highest of some numbers, `[Infinity, -Infinity]` of none.
 *
 * `Math.max(...values)` takes more stack than there is from some 100,000 numbers on.
 */
export function extent(values: readonly number[]): readonly [low: number, high: number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}
