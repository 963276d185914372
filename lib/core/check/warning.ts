import { aText } from "./fields.ts";

/** A problem that a reader of results should know about and that stops no run: plain data. */
export interface Warning {
  /** Names its kind, such as "missing_class". */
  readonly code: string;
  /** What it is about, such as "validation split" or a point. */
  readonly where: string;
  /** One sentence, without its full stop. */
  readonly message: string;
}

/** The rules for the fields of a {@link Warning} that was read from a file. */
export const WARNING_FIELDS = { code: aText, where: aText, message: aText };
