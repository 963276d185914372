/** Returns the d3 format in which ticks between the lowest and the highest fraction differ. */
export function percentFormat(fractions: Iterable<number>): string {
  let [low, high] = [Infinity, -Infinity];
  for (const fraction of fractions) {
    low = Math.min(low, fraction);
    high = Math.max(high, fraction);
  }
  const range = high - low;
  return range >= 0.05 ? ".0%" : range >= 0.005 ? ".1%" : ".2%";
}
