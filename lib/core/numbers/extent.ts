/**
 * Returns the lowest and the highest of some numbers, or `[Infinity, -Infinity]` if there are none.
 *
 * `Math.max(...values)` overflows the stack from about 100,000 numbers on.
 */
export function extent(values: Iterable<number>): readonly [low: number, high: number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}
