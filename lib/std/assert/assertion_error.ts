/** What every assertion throws when it fails. */
export class AssertionError extends Error {
  override readonly name = "AssertionError";
}

/** Returns the end of a message: the caller's own text if there is one. */
export function suffix(message: string | undefined): string {
  return message ? `: ${message}` : ".";
}

/** Returns a value as text, whole and with sorted keys, so that equal values have equal texts. */
export function format(value: unknown): string {
  return Deno.inspect(value, {
    depth: Infinity,
    sorted: true,
    trailingComma: true,
    compact: false,
    iterableLimit: Infinity,
    getters: true,
    strAbbreviateSize: Infinity,
  });
}
