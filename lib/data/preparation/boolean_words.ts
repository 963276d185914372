/** The words for truth values in tables, in lower case. */
const WORDS: Readonly<Record<string, 0 | 1>> = {
  ...{ false: 0, true: 1, no: 0, yes: 1, f: 0, t: 1, n: 0, y: 1, "0": 0, "1": 1 },
};

/** Returns the truth value of a text, such as 1 for "Yes"; null if it is none. */
export function truthOf(text: string): 0 | 1 | null {
  const word = text.trim().toLowerCase();
  return Object.hasOwn(WORDS, word) ? WORDS[word] : null;
}

/** Returns every spelling of the words for a truth value: in lower case, in capitals, and with a capital first. */
export function spellingsOf(value: 0 | 1): readonly string[] {
  const words = Object.keys(WORDS).filter((word) => WORDS[word] === value);
  return [
    ...new Set(words.flatMap((word) => [word, word.toUpperCase(), word[0].toUpperCase() + word.slice(1)])),
  ];
}
