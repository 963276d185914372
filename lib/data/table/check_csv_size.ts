import { InputError } from "../../core/check/errors.ts";

/** A name, a number or a note; one longer is a quote without its end, or no table at all. */
const LONGEST_FIELD = 1_048_576;

/** MNIST as a table has 55 million. Texts of more would fill V8's heap, which ends the process. */
const MOST_FIELDS = 80_000_000;

/** What stands between two fields, here or elsewhere. */
const SEPARATORS = [...",;\t|\n"].map((char) => char.charCodeAt(0));
const [QUOTE, NEWLINE] = [...'"\n'].map((char) => char.charCodeAt(0));

/**
 * Checks the bytes of a table before any text is made of them: how many fields it has, and how long they are.
 *
 * @throws {InputError} If it has too many, or one is too long, with the line on which that begins.
 */
export function checkCsvSize(bytes: Uint8Array, { file }: { readonly file: string }): void {
  // No field of a small file is too long, and it has not too many.
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
