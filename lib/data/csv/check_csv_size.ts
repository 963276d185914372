import { InputError } from "../../core/check/errors.ts";

/** A longer field is an unclosed quote, or the file is no table. */
const LONGEST_FIELD = 1_048_576;

/** MNIST as a table has 55 million fields. The strings of more would fill V8's heap, which ends the process. */
const MOST_FIELDS = 80_000_000;

/** Separators of fields in CSV and in similar formats. */
const SEPARATORS = [...",;\t|\n"].map((char) => char.charCodeAt(0));
const [QUOTE, NEWLINE] = [...'"\n'].map((char) => char.charCodeAt(0));

/**
 * Checks the number and length of a table's fields in its bytes, before they become strings.
 *
 * @throws {InputError} If it has too many, or one is too long, with the line where that begins.
 */
export function checkCsvSize(bytes: Uint8Array, { file }: { readonly file: string }): void {
  // A small file can have neither a field that is too long nor too many fields.
  if (bytes.length <= LONGEST_FIELD) return;
  const isSeparator = new Uint8Array(256);
  for (const code of SEPARATORS) isSeparator[code] = 1;
  let [fields, start, line, fieldLine, isQuoted] = [1, 0, 1, 1, false];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === NEWLINE) line++;
    if (byte === QUOTE) isQuoted = !isQuoted;
    else if (isSeparator[byte] === 1 && !isQuoted) {
      fields++;
      start = at + 1;
      fieldLine = line;
    }
    if (at - start < LONGEST_FIELD) continue;
    throw new InputError(
      `Cannot read data: ${file} line ${fieldLine}: a field must have at most ${LONGEST_FIELD} bytes, found more`,
    );
  }
  if (fields <= MOST_FIELDS) return;
  throw new InputError(
    `Cannot read data: ${file}: it must have at most ${MOST_FIELDS} fields, found ${fields}`,
  );
}
