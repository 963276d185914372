import { escapeUnprintable } from "./unprintable.ts";

const MOST_LETTERS = 60;
const MOST_TEXTS = 8;

// What would be taken for a plain blank.
const BLANKS = /(?! )\p{Zs}/gu;
const INVISIBLE = /[\p{Cc}\p{Cf}]/gu;

/** Returns a text as it stands in a message: in quotes, what cannot be seen escaped, cut at 60 letters. */
export function quoted(text: string): string {
  const short = text.length <= MOST_LETTERS ? text : `${text.slice(0, MOST_LETTERS - 3)}...`;
  const blanks = (blank: string) => `\\u${blank.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return escapeUnprintable(JSON.stringify(short)).replace(BLANKS, blanks);
}

/** Returns texts as they stand in a message, the first eight and how many more; "none" if there are none. */
export function quotedList(texts: readonly string[]): string {
  if (texts.length === 0) return "none";
  const shown = texts.slice(0, MOST_TEXTS).map(quoted).join(", ");
  return texts.length <= MOST_TEXTS ? shown : `${shown} and ${texts.length - MOST_TEXTS} more`;
}

/**
 * Returns, as the end of a message, what looks like the text that is missing among those that are there, and how it
 * differs; "" if nothing does.
 */
export function nearMiss(missing: string, texts: readonly string[]): string {
  for (const [same, how] of LIKENESSES) {
    const found = texts.find((text) => same(text) === same(missing));
    if (found !== undefined) return `; ${quoted(found)} differs by ${how} only`;
  }
  return "";
}

const LIKENESSES: readonly (readonly [(text: string) => string, string])[] = [
  [(text) => text.trim(), "blanks"],
  [(text) => text.normalize("NFC"), "how its accents are written (Unicode NFC or NFD)"],
  [(text) => text.toLowerCase(), "capital letters"],
  [
    (text) => text.normalize("NFKC").replace(INVISIBLE, "").trim().toLowerCase(),
    "capital letters, blanks or signs that look alike",
  ],
];
