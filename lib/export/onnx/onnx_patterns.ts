import { spellingsOf } from "../../data/preparation/boolean_words.ts";

/** What `String.trim` takes for a blank, in the regular expressions of ONNX (RE2). */
const BLANK = "[\\s\\v\\p{Z}\\x{FEFF}]*";

/** Returns a regular expression for a text as it is. */
export function literalPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

/** Returns a regular expression for what stands for a missing value: blanks, or a marker among them. */
export function missingPattern(markers: readonly string[]): string {
  const texts = markers.map((marker) => marker.trim()).filter((marker) => marker !== "");
  return texts.length === 0 ? BLANK : `${BLANK}(?:${texts.map(literalPattern).join("|")})?${BLANK}`;
}

/** Returns a regular expression for the words of a truth value, in letters of any case. */
export function truthPattern(value: 0 | 1): string {
  const words = [...new Set(spellingsOf(value).map((word) => word.toLowerCase()))];
  // The flag for letters of any case would take a long s for an s.
  const anyCase = (word: string) => word.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
  return `${BLANK}(?:${words.map(anyCase).join("|")})${BLANK}`;
}
