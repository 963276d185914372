/** Returns how many columns of a terminal a text takes. */
export function textWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of segmenter().segment(text)) {
    width += WIDE.test(segment) ? 2 : NONE.test(segment) ? 0 : 1;
  }
  return width;
}

/** Returns a text of at most as many columns: its start and its end, with "…" for what is left out. */
export function shortText(text: string, { columns }: { readonly columns: number }): string {
  if (textWidth(text) <= columns) return text;
  const letters = [...segmenter().segment(text)].map(({ segment }) => segment);
  const tailColumns = Math.floor(columns / 3);
  const head = fitting(letters, columns - tailColumns - 1);
  const tail = fitting(letters.toReversed(), tailColumns).toReversed();
  return `${head.join("")}…${tail.join("")}`;
}

let made: Intl.Segmenter | undefined;

/** Made when a text needs it: it takes 10 ms, and few have a letter beyond ASCII. */
function segmenter(): Intl.Segmenter {
  return made ??= new Intl.Segmenter("en", { granularity: "grapheme" });
}

// Letters of East Asia and emoji take two columns; marks without a letter and paint take none.
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|^\p{Emoji_Presentation}|\ufe0f/u;
const NONE = /^[\p{M}\p{Cf}\ufdd0-\ufdef]+$/u;

function fitting(letters: readonly string[], columns: number): readonly string[] {
  let left = columns;
  const end = letters.findIndex((letter) => (left -= textWidth(letter)) < 0);
  return end === -1 ? letters : letters.slice(0, end);
}
