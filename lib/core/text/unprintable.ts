/** A character that cannot be shown or stored. */
export interface Unprintable {
  /** Its code point, such as `U+001B`. */
  readonly codePoint: string;
  /** Its position in the text in characters, from 1. */
  readonly at: number;
}

// Controls, lone surrogates, line separators, marks that change the reading direction or have no width, and
// unassigned code points. It leaves out the joiners and combining marks that letters and emoji are composed of.
const UNPRINTABLE =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/**
 * Returns the first character of a text that a terminal interprets or hides, or that UTF-8, CSV or XML cannot
 * represent; null if there is none.
 *
 * @param options.allowed Characters that are accepted.
 */
export function findUnprintable(
  text: string,
  { allowed = "" }: { readonly allowed?: string } = {},
): Unprintable | null {
  for (const { 0: character, index } of text.matchAll(UNPRINTABLE)) {
    if (allowed.includes(character)) continue;
    const at = [...text.slice(0, index)].length + 1;
    const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
    return { codePoint: `U+${code}`, at };
  }
  return null;
}

/**
 * Returns a text with each character that {@link findUnprintable} finds escaped as in JavaScript, such as `\u001b`.
 */
export function escapeUnprintable(
  text: string,
  { allowed = "" }: { readonly allowed?: string } = {},
): string {
  return text.replace(UNPRINTABLE, (character) => {
    if (allowed.includes(character)) return character;
    return SHORT[character] ?? escapeCharacter(character);
  });
}

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Returns the JSON escape of a character, so that it cannot end the JSON text that it is in. */
export function escapeCharacter(character: string): string {
  return character.split("").map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
}
