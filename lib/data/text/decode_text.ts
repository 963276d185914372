import { InputError } from "../../core/check/errors.ts";
import type { CsvEncoding } from "../base/csv_format.ts";

/** A table's bytes, for messages, and how they are to be read. */
export interface TextPlace {
  readonly file: string;
  /** Default: "utf-8". */
  readonly encoding?: CsvEncoding;
  /** Whether the encoding is that of a model, so that the file must be saved in it. Default: it is declared. */
  readonly isOfModel?: boolean;
}

/** The names of encodings for readers. */
const NAMES: Readonly<Record<CsvEncoding, string>> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16",
  "latin1": "Latin-1",
  "windows-1252": "Windows-1252",
};

/**
 * Returns the text of a table's bytes.
 *
 * @throws {InputError} If they are not of the encoding, or if the lines end in carriage returns alone.
 */
export function decodeText(
  bytes: Uint8Array,
  { file, encoding = "utf-8", isOfModel = false }: TextPlace,
): string {
  const fail = (what: string): never => {
    throw new InputError(`Cannot read data: ${file} ${what}`);
  };
  checkForm(bytes, { file, encoding, isOfModel });
  let text = "";
  try {
    text = encoding === "latin1"
      ? latin1Text(bytes)
      : new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    fail(otherBytes({ encoding, isOfModel }));
  }
  if (!text.includes("\n") && text.trimEnd().includes("\r")) {
    fail(CARRIAGE_RETURNS);
  }
  return text;
}

/** What is wrong with a text whose lines end in carriage returns alone. */
export const CARRIAGE_RETURNS =
  "must end its lines in LF or CRLF, found CR alone; save it with other line ends";

/**
 * Checks the first bytes of a table.
 *
 * @throws {InputError} If they are those of another encoding or of a format that is no text.
 */
export function checkForm(
  bytes: Uint8Array,
  { file, encoding = "utf-8", isOfModel = false }: TextPlace,
): void {
  const form = formOf(bytes);
  const isOther = form !== null && !(form.encoding !== null && encoding.startsWith("utf-16"));
  if (!isOther) return;
  const remedy = isOfModel ? `save it as ${NAMES[encoding]}` : form.remedy;
  throw new InputError(
    `Cannot read data: ${file} must be ${NAMES[encoding]} text, found ${form.name}; ${remedy}`,
  );
}

/** Returns what is wrong with bytes that are not of an encoding, after the file's name. */
export function otherBytes({ encoding = "utf-8", isOfModel = false }: Omit<TextPlace, "file">): string {
  const name = NAMES[encoding];
  const remedy = isOfModel
    ? `save it as ${name}`
    : encoding === "utf-8"
    ? 'if it has letters with accents, declare its encoding, such as encoding: "windows-1252", or save it as UTF-8'
    : "declare another encoding, or save it as UTF-8";
  return `must be ${name} text, found other bytes; ${remedy}`;
}

/** A TextDecoder takes "latin1" for Windows-1252; in Latin-1 each byte is the letter of its number. */
function latin1Text(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += PART) {
    parts.push(String.fromCharCode(...bytes.subarray(start, start + PART)));
  }
  return parts.join("");
}

/** The most arguments of a call that every engine takes. */
const PART = 8192;

interface Form {
  readonly name: string;
  /** The encoding that reads it; null if none does. */
  readonly encoding: CsvEncoding | null;
  readonly remedy: string;
}

/** Returns the format that a file's first bytes indicate, or null if it may be text. */
function formOf([first, second, third, fourth]: Uint8Array): Form | null {
  // Of ASCII letters in UTF-16 without a byte-order mark, every other byte is 0.
  if ((first === 0xff && second === 0xfe) || (second === 0 && fourth === 0)) return utf16("utf-16le");
  if ((first === 0xfe && second === 0xff) || (first === 0 && third === 0)) return utf16("utf-16be");
  if (first === 0x1f && second === 0x8b) {
    return { name: "a gzip file", encoding: null, remedy: "the name of such a file must end in .gz" };
  }
  return first === 0x50 && second === 0x4b && third === 3 && fourth === 4
    ? { name: "a ZIP file, as .xlsx is one", encoding: null, remedy: "save it as CSV" }
    : null;
}

function utf16(encoding: CsvEncoding): Form {
  return { name: "UTF-16", encoding, remedy: `declare encoding: "${encoding}", or save it as UTF-8` };
}
