import { styleText } from "node:util";
import { escapeUnprintable } from "../../core/text/unprintable.ts";
import { fileProblem } from "../../files/file_problem.ts";
import { writeAllSync } from "../../files/write_all.ts";

/** Where a command writes. Whatever a text holds, the terminal obeys nothing in it but line ends, tabs and paint. */
export interface Terminal {
  /** Writes results: standard output. */
  readonly write: (text: string) => void;
  /** Writes all that is not a result: standard error. */
  readonly writeError: (text: string) => void;
  /** Moves the cursor of standard error, or clears a part of it. */
  readonly control: (codes: string) => void;
  /** Returns a text as {@link writeError} writes it, for whoever draws it himself. */
  readonly textError: (text: string) => string;
  /** Whether standard error is a terminal, so that progress may move on it. */
  readonly isInteractive: boolean;
  /** Colours for standard output. */
  readonly paint: Paint;
  /** Colours for standard error. */
  readonly paintError: Paint;
}

/** Marks a text to be written in colour, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

type Style = "bold" | "dim" | "green" | "yellow" | "red";

/** Returns the terminal of this process; colours only where it is one and NO_COLOR is not set. */
export function systemTerminal(): Terminal {
  return {
    write: (text) => writeResult(terminalText(text)),
    writeError: (text) => writeRemark(terminalText(text)),
    control: writeRemark,
    textError: terminalText,
    isInteractive: Deno.stderr.isTerminal(),
    paint: createPaint(Deno.stdout.isTerminal() && !Deno.noColor),
    paintError: createPaint(Deno.stderr.isTerminal() && !Deno.noColor),
  };
}

// Characters that no text has stand for codes, so that those of a text are told from those of paint.
const STYLES: Readonly<Record<Style, string>> = {
  bold: "\ufdd0",
  dim: "\ufdd1",
  green: "\ufdd2",
  yellow: "\ufdd3",
  red: "\ufdd4",
};
const END = "\ufdd5";
const PAINTED = new RegExp(`([${Object.values(STYLES).join("")}])([^${END}]*)${END}`, "g");

/** Returns a paint that colours, or one that does not. */
export function createPaint(colours: boolean): Paint {
  return (style, text) => colours ? STYLES[style] + text + END : text;
}

/** Returns a text as a terminal is sent it: what it would obey is spelled, and what is painted is in colour. */
export function terminalText(text: string): string {
  const styles = Object.keys(STYLES) as readonly Style[];
  const allowed = `\r\n\t${Object.values(STYLES).join("")}${END}`;
  // A carriage return is part of a line end of CSV; alone, it goes back to the start of the line.
  const safe = escapeUnprintable(text, { allowed }).replace(/\r(?!\n)/g, "\\r");
  return safe.replace(PAINTED, (_, mark, painted) => {
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
    // The reader, such as `head`, has seen enough.
    if (error instanceof Deno.errors.BrokenPipe) return;
    throw fileProblem(error, { action: "write", path: "standard output" });
  }
}

function writeRemark(text: string): void {
  try {
    writeText(Deno.stderr, text);
  } catch {
    // There is nowhere left to say so, and no run is worth less for it.
  }
}

function writeText(stream: Stream, text: string): void {
  writeAllSync(stream, new TextEncoder().encode(text));
}
