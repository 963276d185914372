/** `Number` would read "" as 0 and accept hexadecimals. */
const DECIMAL = /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/;
const WHOLE = /^\s*[+-]?\d+(\.0*)?\s*$/;

/** Returns whether a text is a decimal number, such as "-1.5e3". */
export function isDecimal(text: string): boolean {
  return DECIMAL.test(text);
}

/** Returns whether a text is a whole number without an exponent, such as "12" or "12.0". */
export function isWhole(text: string): boolean {
  return WHOLE.test(text);
}

/** Returns the canonical digits of a whole number without an exponent: equal numbers have equal digits. */
export function wholeDigits(text: string): string {
  const [whole] = text.trim().replace("+", "").split(".");
  const digits = whole.replace(/^-?0*/, "");
  if (digits === "") return "0";
  return whole.startsWith("-") ? `-${digits}` : digits;
}
