import { InputError } from "../../core/check/errors.ts";
import { show } from "../../core/check/fields.ts";
import { findUnprintable } from "../../core/text/unprintable.ts";

/** The location of a text, and which invisible characters it may have. */
export interface TextPlace {
  /** Completes "Cannot ...:". */
  readonly action: string;
  /** The path of the text, such as "data.label". */
  readonly path: string;
  /** Whether it may have several lines, and tabs. Default: false. */
  readonly hasLines?: boolean;
}

/**
 * Checks that a text passes through files, tables and terminals unchanged.
 *
 * @throws {InputError} With the first character that does not, and its position.
 */
export function checkText(text: string, { action, path, hasLines = false }: TextPlace): void {
  const found = findUnprintable(text, { allowed: hasLines ? "\n\t" : "" });
  if (found === null) return;
  const but = hasLines ? "no control characters but line feeds and tabs" : "no control characters";
  throw new InputError(
    `Cannot ${action}: ${path} must have ${but}, found ${found.codePoint} at character ${found.at} of ${
      show(text)
    }`,
  );
}

/** Checks every text of a plain value, such as a data spec, and the names of its fields; see {@link checkText}. */
export function checkTexts(value: unknown, place: TextPlace): void {
  if (typeof value === "string") return checkText(value, place);
  if (typeof value !== "object" || value === null) return;
  const isList = Array.isArray(value);
  for (const [name, field] of Object.entries(value)) {
    const path = isList ? `${place.path}[${name}]` : `${place.path}.${name}`;
    checkTexts(field, { ...place, path });
  }
}
