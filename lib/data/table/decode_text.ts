import { InputError } from "../../core/check/errors.ts";

/**
 * Returns the text of a table's bytes.
 *
 * @throws {InputError} If they are not UTF-8, or if the lines end in carriage returns alone.
 */
export function decodeText(bytes: Uint8Array, { file }: { readonly file: string }): string {
  const fail = (what: string): never => {
    throw new InputError(`Cannot read data: ${file} ${what}`);
  };
  const form = formOf(bytes);
  if (form !== null) fail(`must be UTF-8 text, found ${form}; save it as UTF-8`);
  let text = "";
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    fail("must be UTF-8 text, found other bytes; if it has letters with accents, save it as UTF-8");
  }
  if (!text.includes("\n") && text.trimEnd().includes("\r")) {
    fail("must end its lines in LF or CRLF, found CR alone; save it with other line ends");
  }
  return text;
}

/** Returns the format that a file's first bytes indicate, or null if it may be text. */
function formOf([first, second, third, fourth]: Uint8Array): string | null {
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return "UTF-16";
  // ASCII letters in UTF-16 without a byte-order mark.
  if ((first === 0 && third === 0) || (second === 0 && fourth === 0)) return "UTF-16";
  if (first === 0x1f && second === 0x8b) return "a gzip file";
  return first === 0x50 && second === 0x4b && third === 3 && fourth === 4
    ? "a ZIP file, as .xlsx is one"
    : null;
}
