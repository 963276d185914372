import { styleText } from "node:util";

/** Where a command writes. */
export interface Terminal {
  /** Writes results: standard output. */
  readonly write: (text: string) => void;
  /** Writes all that is not a result: standard error. */
  readonly writeError: (text: string) => void;
  /** Whether standard error is a terminal, so that progress may move on it. */
  readonly isInteractive: boolean;
  /** Colours for standard output. */
  readonly paint: Paint;
  /** Colours for standard error. */
  readonly paintError: Paint;
}

/** Colours a text, or leaves it as it is. */
export type Paint = (style: "bold" | "dim" | "green" | "yellow" | "red", text: string) => string;

/** Returns the terminal of this process; colours only where it is one and NO_COLOR is not set. */
export function systemTerminal(): Terminal {
  return {
    write: (text) => writeAll(Deno.stdout, text),
    writeError: (text) => writeAll(Deno.stderr, text),
    isInteractive: Deno.stderr.isTerminal(),
    paint: createPaint(Deno.stdout.isTerminal() && !Deno.noColor),
    paintError: createPaint(Deno.stderr.isTerminal() && !Deno.noColor),
  };
}

/** Returns a paint that colours, or one that does not. */
export function createPaint(colours: boolean): Paint {
  return (style, text) => colours ? styleText(style, text, { validateStream: false }) : text;
}

interface Stream {
  writeSync(bytes: Uint8Array): number;
}

function writeAll(stream: Stream, text: string): void {
  const bytes = new TextEncoder().encode(text);
  try {
    for (let written = 0; written < bytes.length;) written += stream.writeSync(bytes.subarray(written));
  } catch (error) {
    // The reader, such as `head`, has seen enough.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}
