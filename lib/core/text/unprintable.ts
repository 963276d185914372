/** What a text cannot be shown or kept with. */
export interface Unprintable {
  /** Such as `U+001B`. */
  readonly codePoint: string;
  /** Which character of the text it is, from 1. */
  readonly at: number;
}

// Controls, halves of surrogate pairs, line separators, marks that turn the reading direction or have no width, and
// what Unicode has no characters for. Joiners and marks that letters and emoji are made with are not among them.
const UNPRINTABLE =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/**
 * Returns the first character of a text that a terminal obeys or hides, or that UTF-8, CSV or XML cannot hold; null if
 * there is none.
 *
 * @param options.allowed Characters that do not count.
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
 * Returns a text with each character that {@link findUnprintable} finds in it spelled as in JavaScript, such as
 * `\u001b`.
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

/** Returns a character as JSON spells it, so that what is in a text of JSON stays there. */
export function escapeCharacter(character: string): string {
  return character.split("").map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
}
