const BARS = "▁▂▃▄▅▆▇█";
const NONE = " ";

/** Options of {@link sparkline}. */
export interface SparklineOptions {
  /** The most letters. Of more values, those are shown that stand at even distances, the last one among them. */
  readonly most: number;
  /** The lowest and the highest value of the scale. Default: those of the values. */
  readonly range?: readonly [low: number, high: number];
}

/** Returns values as bars of eighths of a scale, a letter each; a space where there is none. */
export function sparkline(
  values: readonly (number | null)[],
  { most, range = rangeOf(values) }: SparklineOptions,
): string {
  const count = Math.min(most, values.length);
  const shown = Array.from(
    { length: count },
    (_, index) => values[Math.floor(((index + 1) * values.length) / count) - 1],
  );
  const [low, high] = range;
  const letter = (value: number) => {
    const level = high === low ? 0.5 : (value - low) / (high - low);
    return BARS[Math.min(BARS.length - 1, Math.max(0, Math.floor(level * BARS.length)))];
  };
  return shown.map((value) => value === null ? NONE : letter(value)).join("");
}

/** Returns the lowest and the highest of the values that are known. */
export function rangeOf(values: readonly (number | null)[]): readonly [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value === null) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}
