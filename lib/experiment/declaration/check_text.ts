import { InputError } from "../../core/check/errors.ts";
import { show } from "../../core/check/fields.ts";
import { findUnprintable } from "../../core/text/unprintable.ts";

/** Where a text stands, and what it may hold besides what can be seen. */
export interface TextPlace {
  /** Completes "Cannot ...:". */
  readonly action: string;
  /** The path of the text, such as "data.label". */
  readonly path: string;
  /** Whether it may have several lines, and tabs. Default: false. */
  readonly hasLines?: boolean;
}

/**
 * Checks that a text survives files, tables and terminals as it is.
 *
 * @throws {InputError} With its first character that does not, and where that stands.
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
