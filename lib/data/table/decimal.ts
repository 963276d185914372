/** `Number` would take "" for 0 and would read hexadecimals. */
const DECIMAL = /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/;
const WHOLE = /^\s*[+-]?\d+(\.0*)?\s*$/;

/** Returns whether a text is a decimal number, such as "-1.5e3". */
export function isDecimal(text: string): boolean {
  return DECIMAL.test(text);
}

/** Returns whether a text is a whole number that is written out, such as "12" or "12.0". */
export function isWhole(text: string): boolean {
  return WHOLE.test(text);
}

/** Returns the one text of a whole number that is written out: two texts are the same number if these are the same. */
export function wholeDigits(text: string): string {
  const [whole] = text.trim().replace("+", "").split(".");
  const digits = whole.replace(/^-?0*/, "");
  if (digits === "") return "0";
  return whole.startsWith("-") ? `-${digits}` : digits;
}
