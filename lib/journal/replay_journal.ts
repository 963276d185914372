import { InputError } from "../core/errors.ts";
import { quoted } from "../core/quoted.ts";
import { decodeLine, type HeaderRecord } from "./journal_record.ts";
import { TrialLog } from "./trial_log.ts";

/** What a journal's bytes say. */
export interface Replay {
  readonly log: TrialLog;
  /** The last header, or null if the journal holds none. */
  readonly header: HeaderRecord | null;
  /** Bytes of whole records, from the start. */
  readonly wholeBytes: number;
  /** Bytes behind them: the record that was being written when a run was killed. */
  readonly tornBytes: number;
}

const LINE_END = 0x0a;

/**
 * Replays a journal.
 *
 * A last record that is cut short or damaged is a torn tail and is left out. Anywhere else damage is an error.
 *
 * @throws {InputError} If a record before the last is damaged, or the first is no header.
 * @throws {BrokenPromiseError} If two records of one trial contradict each other.
 */
export function replayJournal(bytes: Uint8Array, { path }: { readonly path: string }): Replay {
  const log = new TrialLog();
  const decoder = new TextDecoder();
  let header: HeaderRecord | null = null;
  let start = 0;
  for (let line = 1; start < bytes.length; line++) {
    const end = bytes.indexOf(LINE_END, start);
    if (end === -1) break;
    const decoded = decodeLine(decoder.decode(bytes.subarray(start, end)));
    const isLast = end === bytes.length - 1;
    if ("damage" in decoded) {
      if (isLast && line > 1) break;
      throw new InputError(
        `Cannot read ${path}: line ${line} is damaged, ${decoded.damage}; ` +
          `--fresh moves the file aside and starts a new one`,
      );
    }
    const { record } = decoded;
    if (record.type === "header") header = record;
    else if (header === null) {
      throw new InputError(
        `Cannot read ${path}: the first record must be a header, found ${
          quoted(record.type)
        } on line ${line}`,
      );
    } else log.add(record);
    start = end + 1;
  }
  return { log, header, wholeBytes: start, tornBytes: bytes.length - start };
}
