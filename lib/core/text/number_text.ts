/**
 * Returns the unique text of a float64: the shortest of 15, 16 and 17 significant digits that parses to the same
 * bits.
 *
 * `Number#toString` may differ between engines in the last digit; `toPrecision` may not. NaN, Infinity, -Infinity and
 * -0 are written as such.
 */
export function formatFloat64(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Object.is(value, -0)) return "-0";
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return value.toFixed(0);
  for (const digits of [15, 16, 17]) {
    const text = value.toPrecision(digits);
    if (Number(text) === value) return trimZeros(text);
  }
  throw new RangeError(`Cannot write a number: no text of it reads back as the same bits, found ${value}`);
}

function trimZeros(text: string): string {
  // Most numbers have no trailing zeros.
  if (!text.endsWith("0") && !text.includes("e")) return text;
  const [mantissa, exponent] = text.split("e");
  const trimmed = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
  return exponent === undefined ? trimmed : `${trimmed}e${exponent}`;
}
