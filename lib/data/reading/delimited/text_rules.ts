import type { CutRules } from "../../text/field_cutter.ts";
import type { NumberReader } from "../../text/number_reader.ts";

/** How the fields of a text are read. */
export interface TextRules extends Omit<CutRules, "file"> {
  /** Lines that begin with these bytes are skipped; empty if none are. */
  readonly comment: Uint8Array;
  /** The byte before the fraction of a number. */
  readonly point: number;
  readonly numbers: NumberReader;
  readonly isMissing: (text: string) => boolean;
  /** The numbers whose texts may stand for a missing value. */
  readonly marked: ReadonlySet<number>;
  /** Whether the text of a date may stand for a missing value. */
  readonly hasMarkedDates: boolean;
  /** What has the number of fields that each row must have. */
  readonly model: "header" | "first line";
}
