import { pathToFileURL } from "node:url";
import { styleText } from "node:util";
import { escapeUnprintable } from "../../core/text/unprintable.ts";
import { fileProblem } from "../../files/file_problem.ts";
import { writeAllSync } from "../../files/write_all.ts";

/** Where a command writes. The terminal obeys only line ends, tabs, paint and links; other control characters are escaped. */
export interface Terminal {
  /** Writes results: standard output. */
  readonly write: (text: string) => void;
  /** Writes all that is not a result: standard error. */
  readonly writeError: (text: string) => void;
  /** Moves the cursor of standard error, or clears a part of it. */
  readonly control: (codes: string) => void;
  /** Returns a text as {@link writeError} writes it, for code that draws it itself. */
  readonly textError: (text: string) => string;
  /** Whether standard error is a terminal, so that progress may move on it. */
  readonly isInteractive: boolean;
  /** Columns of standard output; null if it is no terminal, so that texts need not fit. */
  readonly columns: number | null;
  /** Columns of standard error, likewise. */
  readonly columnsError: number | null;
  /** Colours for standard output. */
  readonly paint: Paint;
  /** Makes a path on standard output a link to its file, on a terminal with colours; the text stays as it is. */
  readonly link: Link;
  /** Colours for standard error. */
  readonly paintError: Paint;
}

/** Marks a text to be written in colour, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

/** Returns a text that is a link to the file at a path. */
export type Link = (text: string, path: string) => string;

type Style = "bold" | "dim" | "green" | "yellow" | "red";

/** Returns the terminal of this process; colours only where it is one and NO_COLOR is not set. */
export function systemTerminal(): Terminal {
  const [isOut, isError] = [Deno.stdout.isTerminal(), Deno.stderr.isTerminal()];
  return {
    write: (text) => writeResult(terminalText(text)),
    writeError: (text) => writeRemark(terminalText(text)),
    control: writeRemark,
    textError: terminalText,
    isInteractive: isError,
    columns: isOut ? columnsHere() : null,
    columnsError: isError ? columnsHere() : null,
    paint: createPaint(isOut && !Deno.noColor),
    link: createLink(isOut && !Deno.noColor),
    paintError: createPaint(isError && !Deno.noColor),
  };
}

const USUAL_COLUMNS = 80;

function columnsHere(): number {
  try {
    // A terminal that does not know its width has none.
    return Deno.consoleSize().columns || USUAL_COLUMNS;
  } catch {
    return USUAL_COLUMNS;
  }
}

// Characters that no text has represent codes, which distinguishes paint from what is in a text.
const STYLES: Readonly<Record<Style, string>> = {
  bold: "\ufdd0",
  dim: "\ufdd1",
  green: "\ufdd2",
  yellow: "\ufdd3",
  red: "\ufdd4",
};
const END = "\ufdd5";
const LINK = "\ufdd6";
const LINK_TEXT = "\ufdd7";
const LINK_END = "\ufdd8";
const PAINTED = new RegExp(`([${Object.values(STYLES).join("")}])([^${END}]*)${END}`, "g");
// Only a file's URL: a text of an experiment that has these characters makes no other link.
const LINKED = new RegExp(`${LINK}(file:[!-~]*)${LINK_TEXT}([^${LINK_END}]*)${LINK_END}`, "g");

/** Returns a paint that colours, or one that does not. */
export function createPaint(colours: boolean): Paint {
  return (style, text) => colours ? STYLES[style] + text + END : text;
}

/** Returns what makes links, or what leaves texts as they are. */
export function createLink(links: boolean): Link {
  return (text, path) => links ? `${LINK}${pathToFileURL(path).href}${LINK_TEXT}${text}${LINK_END}` : text;
}

/** Returns a text as it is sent to a terminal: control characters escaped, painted parts in colour. */
export function terminalText(text: string): string {
  const styles = Object.keys(STYLES) as readonly Style[];
  const allowed = `\r\n\t${Object.values(STYLES).join("")}${END}${LINK}${LINK_TEXT}${LINK_END}`;
  // A carriage return is part of a line end of CSV; alone, it goes back to the start of the line.
  const safe = escapeUnprintable(text, { allowed }).replace(/\r(?!\n)/g, "\\r");
  const linked = safe.replace(LINKED, (_, url, text) => `\x1b]8;;${url}\x1b\\${text}\x1b]8;;\x1b\\`);
  return linked.replace(PAINTED, (_, mark, painted) => {
    const style = styles.find((candidate) => STYLES[candidate] === mark)!;
    return styleText(style, painted, { validateStream: false });
  });
}

interface Stream {
  writeSync(bytes: Uint8Array): number;
}

function writeResult(text: string): void {
  try {
    writeText(Deno.stdout, text);
  } catch (error) {
    // The reader, such as `head`, has closed its end.
    if (error instanceof Deno.errors.BrokenPipe) return;
    throw fileProblem(error, { action: "write", path: "standard output" });
  }
}

function writeRemark(text: string): void {
  try {
    writeText(Deno.stderr, text);
  } catch {
    // There is nowhere left to report it, and no result depends on it.
  }
}

function writeText(stream: Stream, text: string): void {
  writeAllSync(stream, new TextEncoder().encode(text));
}
