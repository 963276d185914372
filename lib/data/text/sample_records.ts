import { CARRIAGE_RETURN, type CutRules, FieldCutter, LINE_FEED } from "./field_cutter.ts";

/** A record of the start of a table. */
export interface SampleRecord {
  /** The line on which it begins, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** Options of {@link sampleRecords}. */
export interface SampleOptions extends CutRules {
  /** Lines that begin with these bytes are skipped; empty if none are. */
  readonly comment: Uint8Array;
  /** The most records. Default: no limit. */
  readonly most?: number;
  /** Whether the bytes are all that there are, so that the last record needs no line end. */
  readonly isLast: boolean;
}

/**
 * Returns the whole records at the start of a table's bytes.
 *
 * @throws {InputError} If a quote is misplaced, or a field is too long.
 */
export function sampleRecords(bytes: Uint8Array, options: SampleOptions): readonly SampleRecord[] {
  const { comment, isLast, most = Infinity } = options;
  const text = new Uint8Array(bytes.length + 2).fill(LINE_FEED);
  text.set(bytes);
  const end = bytes.length + (isLast ? 1 : 0);
  const cutter = new FieldCutter(options);
  cutter.use(text, { end, isLast });
  const decoder = new TextDecoder();
  const records: SampleRecord[] = [];
  let [at, line] = [0, 1];
  while (at < end && records.length < most) {
    const skipped = skippedLine(text, { at, end, comment });
    if (skipped === -1) break;
    if (skipped > at) {
      at = skipped;
      line++;
      continue;
    }
    const fields: string[] = [];
    const first = line;
    do {
      at = cutter.cut(at, line);
      if (at === -1) return records;
      line += cutter.breaks;
      fields.push(decoder.decode(cutter.source.subarray(cutter.from, cutter.to)));
    } while (text[at++] !== LINE_FEED);
    line++;
    records.push({ line: first, fields });
  }
  return records;
}

/** A place in bytes, of which `bytes[end]` is a line feed that is no part of them. */
export interface LinePlace {
  readonly at: number;
  readonly end: number;
  readonly comment: Uint8Array;
}

/** Returns the start of the next line if the one at `at` is empty or a comment, else `at`; -1 if its end is not there. */
export function skippedLine(bytes: Uint8Array, { at, end, comment }: LinePlace): number {
  const byte = bytes[at];
  if (byte === LINE_FEED) return at + 1;
  if (byte === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED) return at + 1 < end ? at + 2 : -1;
  if (comment.length === 0 || byte !== comment[0]) return at;
  for (let i = 1; i < comment.length; i++) {
    if (at + i >= end) return -1;
    if (bytes[at + i] !== comment[i]) return at;
  }
  const stop = bytes.indexOf(LINE_FEED, at);
  return stop < end ? stop + 1 : -1;
}
