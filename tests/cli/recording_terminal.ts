import { createLink, createPaint, type Terminal } from "../../lib/cli/terminal/terminal.ts";

/** A terminal that keeps what is written to it. */
export interface RecordedTerminal extends Terminal {
  readonly written: () => { readonly out: string; readonly error: string };
}

/** Returns a terminal without colours that keeps what is written. */
export function recordingTerminal(
  { columns = null }: { readonly columns?: number | null } = {},
): RecordedTerminal {
  const out: string[] = [];
  const error: string[] = [];
  return {
    write: (text) => void out.push(text),
    writeError: (text) => void error.push(text),
    control: (codes) => void error.push(codes),
    textError: (text) => text,
    isInteractive: false,
    columns,
    columnsError: columns,
    paint: createPaint(false),
    link: createLink(false),
    paintError: createPaint(false),
    written: () => ({ out: out.join(""), error: error.join("") }),
  };
}
