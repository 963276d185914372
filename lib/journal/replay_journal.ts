import { InputError } from "../core/check/errors.ts";
import { quoted } from "../core/text/quoted.ts";
import { decodeLine, type HeaderRecord } from "./journal_record.ts";
import type { EpochsOf } from "./missing_epoch.ts";
import { TrialLog } from "./trial_log.ts";

/** The content of a journal. */
export interface Replay {
  readonly log: TrialLog;
  /** The last header, or null if the journal has none. */
  readonly header: HeaderRecord | null;
  /** Bytes of complete records, from the start. */
  readonly wholeBytes: number;
  /** Bytes after them: the record that was being written when a run was killed. */
  readonly tornBytes: number;
}

/** Options of {@link replayJournal}. */
export interface ReplayOptions {
  /** The file, for messages. */
  readonly path: string;
  /** The epochs that the results must have. Default: unknown for all trials. */
  readonly epochsOf?: EpochsOf;
}

const LINE_END = 0x0a;
const REMEDY = "run --salvage keeps the undamaged trials, --fresh renames the file and starts a new one";

/**
 * Replays a journal.
 *
 * A last record that is incomplete or damaged is a torn tail and is skipped. Damage anywhere else is an error.
 *
 * @throws {InputError} If a record before the last is damaged, the first is no header, or an epoch of a trial that has
 * a result is missing.
 * @throws {BrokenPromiseError} If two records of one trial contradict each other.
 */
export function replayJournal(
  bytes: Uint8Array,
  { path, epochsOf = () => undefined }: ReplayOptions,
): Replay {
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
        `Cannot read ${path}: line ${line} is damaged, ${decoded.damage}; ${REMEDY}`,
      );
    }
    const { record } = decoded;
    if (record.type === "header") header = record;
    else if (header === null) {
      throw new InputError(
        `Cannot read ${path}: the first record must be a header, found ${
          quoted(record.type)
        } on line ${line}; ${REMEDY}`,
      );
    } else log.add(record);
    start = end + 1;
  }
  const gap = log.missingEpoch({ epochsOf });
  if (gap !== null) {
    const { trial, epoch } = gap;
    throw new InputError(
      `Cannot read ${path}: trial ${trial} has a result, and its epoch ${epoch} is missing; ${REMEDY}`,
    );
  }
  return { log, header, wholeBytes: start, tornBytes: bytes.length - start };
}
