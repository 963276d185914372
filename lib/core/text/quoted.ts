import { listed } from "./listed.ts";
import { escapeCharacter, escapeUnprintable } from "./unprintable.ts";

const MOST_LETTERS = 60;
const MOST_TEXTS = 8;

// Spaces that look like a plain space.
const BLANKS = /(?! )\p{Zs}/gu;
const INVISIBLE = /[\p{Cc}\p{Cf}]/gu;

/** Returns a text for a message: in quotes, with invisible characters escaped, cut at 60 characters. */
export function quoted(text: string): string {
  const short = text.length <= MOST_LETTERS ? text : `${text.slice(0, MOST_LETTERS - 3)}...`;
  return escapeUnprintable(JSON.stringify(short)).replace(BLANKS, escapeCharacter);
}

/** Returns texts for a message: the first eight and the number of the others; "none" if there are none. */
export function quotedList(texts: readonly string[]): string {
  if (texts.length === 0) return "none";
  return listed(texts, { most: MOST_TEXTS, show: quoted });
}

/**
 * Returns the end of a message: which of the given texts is similar to the missing one, and how it differs; "" if
 * none is.
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
  [numberText, "how the number is written"],
  [(text) => text.replace(/\P{ASCII}/gu, latinTwin), "letters of another alphabet that look alike"],
  [
    (text) => text.normalize("NFKC").replace(INVISIBLE, "").trim().toLowerCase(),
    "capital letters, blanks or signs that look alike",
  ],
];

/** Normalizes the text of a number, and returns any other text unchanged. */
function numberText(text: string): string {
  return text.trim() === "" || Number.isNaN(Number(text)) ? text : String(Number(text));
}

// Greek and Cyrillic letters, each above the Latin letter that looks the same.
const TWINS =
  "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u03bd" +
  "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458";
const LATIN = "ABEZHIKMNOPTYXov" + "ABEKMHOPCTYXaeopcyxsij";

function latinTwin(letter: string): string {
  return LATIN[TWINS.indexOf(letter)] ?? letter;
}
