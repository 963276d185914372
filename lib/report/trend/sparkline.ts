import { extent } from "../../core/numbers/extent.ts";

const BARS = "▁▂▃▄▅▆▇█";
const NONE = " ";

/** Options of {@link sparkline}. */
export interface SparklineOptions {
  /** The most letters. Of more values, those are shown that stand at even distances, the last one among them. */
  readonly most: number;
}

/** Returns values as bars of eighths between the lowest and the highest, a letter each; a space where there is none. */
export function sparkline(values: readonly (number | null)[], { most }: SparklineOptions): string {
  const count = Math.min(most, values.length);
  const shown = Array.from(
    { length: count },
    (_, index) => values[Math.floor(((index + 1) * values.length) / count) - 1],
  );
  const known = shown.filter((value) => value !== null);
  const [low, high] = extent(known);
  const letter = (value: number) => {
    const level = high === low ? 0.5 : (value - low) / (high - low);
    return BARS[Math.min(BARS.length - 1, Math.floor(level * BARS.length))];
  };
  return shown.map((value) => value === null ? NONE : letter(value)).join("");
}
