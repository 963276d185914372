import { aText } from "./fields.ts";

/** Something that a reader of results should know, and that stops nothing: plain data. */
export interface Warning {
  /** Names its kind, such as "missing_class". */
  readonly code: string;
  /** What it is about, such as "validation split" or a point. */
  readonly where: string;
  /** One sentence, without its full stop. */
  readonly message: string;
}

/** The fields of a {@link Warning}, to check one that was read. */
export const WARNING_FIELDS = { code: aText, where: aText, message: aText };
