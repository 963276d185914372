import { shortText, textWidth } from "./text_width.ts";

/** Options of {@link wrapText}. */
export interface WrapOptions {
  /** Columns of the terminal; null if it is none: then nothing is wrapped. */
  readonly columns: number | null;
  /** How far the lines that continue one are indented. Default: two further than its own beginning. */
  readonly indent?: number;
}

const LEAST_COLUMNS = 20;

/**
 * Returns a text whose lines fit a terminal: they are broken between words, else behind a comma. A longer word is
 * shortened in its middle, unless it is a path, which must stay whole to be used.
 */
export function wrapText(text: string, { columns, indent }: WrapOptions): string {
  if (columns === null) return text;
  return text.split("\n").map((line) => wrapLine(line, { columns, indent })).join("\n");
}

function wrapLine(
  line: string,
  { columns, indent }: { readonly columns: number; readonly indent?: number },
): string {
  if (textWidth(line) <= columns) return line;
  const start = /^ */.exec(line)![0];
  const next = " ".repeat(Math.min(indent ?? start.length + 2, Math.max(0, columns - LEAST_COLUMNS)));
  const room = Math.max(columns - next.length, LEAST_COLUMNS);
  const lines: string[] = [];
  let current = start;
  let isEmpty = true;
  for (const word of line.slice(start.length).split(" ").flatMap((word) => wordParts(word, room))) {
    const gap = isEmpty || word.isJoined ? "" : " ";
    if (!isEmpty && textWidth(current + gap + word.text) > columns) {
      lines.push(current.trimEnd());
      // A path that is too long below the others may still fit a line of its own.
      current = (textWidth(word.text) > room ? "" : next) + word.text;
    } else current += gap + word.text;
    isEmpty = false;
  }
  return [...lines, current].join("\n");
}

interface WordPart {
  readonly text: string;
  /** Whether no space stands before it. */
  readonly isJoined: boolean;
}

function wordParts(word: string, room: number): readonly WordPart[] {
  if (textWidth(word) <= room) return [{ text: word, isJoined: false }];
  return word.split(/(?<=,)/).map((part, index) => ({
    text: part.includes("/") ? part : shortText(part, { columns: room }),
    isJoined: index > 0,
  }));
}
