import type { DivergedEvent, DoneEvent, EpochEvent, FailedEvent } from "../experiment/trial/trial_event.ts";
import { completesInspection } from "./completes_inspection.ts";
import {
  decodeLine,
  encodeRecord,
  type HeaderRecord,
  type JournalRecord,
  type LogRecord,
} from "./journal_record.ts";
import { type EpochsOf, missingEpoch } from "./missing_epoch.ts";
import { ensembleKey } from "./trial_log.ts";

/** The undamaged records of a journal. */
export interface SalvagedRecords {
  /** The text of a journal with these records. */
  readonly text: string;
  /** The last header, or null if all are damaged. */
  readonly header: HeaderRecord | null;
  /** Numbers of the damaged lines, from 1. */
  readonly damagedLines: readonly number[];
  /** Trials with a result that are kept. */
  readonly kept: readonly string[];
  /** Trials with damaged, missing or contradictory records: they start over. */
  readonly dropped: readonly string[];
}

/** Options of {@link salvageRecords}. */
export interface SalvageRecordsOptions {
  /** The first record if all headers are damaged. */
  readonly header: HeaderRecord;
  readonly epochsOf: EpochsOf;
}

/**
 * Extracts the undamaged records of a journal: lines with valid checksums, in any order, and of these the trials
 * without a missing record.
 */
export function salvageRecords(
  bytes: Uint8Array,
  { header, epochsOf }: SalvageRecordsOptions,
): SalvagedRecords {
  const { records, damagedLines } = wholeRecords(bytes);
  const trials = new Map<string, Pieces>();
  let last: HeaderRecord | null = null;
  let warnings: LogRecord | null = null;
  for (const record of records) {
    if (record.type === "header") last = record;
    else if (record.type === "warnings") warnings = record;
    else {
      let pieces = trials.get(record.trial);
      if (pieces === undefined) trials.set(record.trial, pieces = { records: new Map(), isAmbiguous: false });
      addPiece(pieces, record);
    }
  }
  const text = [encodeRecord(last ?? header)];
  if (warnings !== null) text.push(encodeRecord(warnings));
  const kept: string[] = [];
  const dropped: string[] = [];
  for (const [trial, pieces] of trials) {
    if (!isWhole(trial, { pieces, epochsOf })) {
      dropped.push(trial);
      continue;
    }
    const ordered = orderedRecords(pieces);
    if (ordered.some(({ type }) => type === "done" || type === "diverged")) kept.push(trial);
    for (const record of ordered) text.push(encodeRecord(record));
  }
  return { text: text.join(""), header: last, damagedLines, kept, dropped };
}

interface WholeRecords {
  readonly records: readonly JournalRecord[];
  readonly damagedLines: readonly number[];
}

const RECORD_START = '{"format":';

function wholeRecords(bytes: Uint8Array): WholeRecords {
  const records: JournalRecord[] = [];
  const damagedLines: number[] = [];
  const decoder = new TextDecoder();
  let start = 0;
  for (let number = 1; start < bytes.length; number++) {
    const lineEnd = bytes.indexOf(0x0a, start);
    const end = lineEnd === -1 ? bytes.length : lineEnd;
    // A checkout or an editor may have changed the line ends to CRLF.
    const line = decoder.decode(bytes.subarray(start, end)).replace(/\r$/, "");
    const decoded = decodeLine(line);
    if ("record" in decoded) records.push(decoded.record);
    else {
      damagedLines.push(number);
      records.push(...recordsWithin(line));
    }
    start = end + 1;
  }
  return { records, damagedLines };
}

/** Returns the valid records within an invalid line: a lost line end or an insertion can leave some. */
function recordsWithin(line: string): readonly JournalRecord[] {
  const found: JournalRecord[] = [];
  for (let at = line.indexOf(RECORD_START); at !== -1;) {
    const next = line.indexOf(RECORD_START, at + 1);
    const piece = line.slice(at, next === -1 ? undefined : next);
    const decoded = decodeLine(piece.slice(0, piece.lastIndexOf("}") + 1));
    if ("record" in decoded) found.push(decoded.record);
    at = next;
  }
  return found;
}

type TrialPiece = Exclude<JournalRecord, { readonly type: "header" | "warnings" }>;

/** The undamaged records of a trial, by kind and epoch. */
interface Pieces {
  readonly records: Map<string, TrialPiece>;
  /** Whether two records contradict each other, so that neither can be trusted. */
  isAmbiguous: boolean;
}

function addPiece(pieces: Pieces, record: TrialPiece): void {
  const key = keyOf(record);
  const known = pieces.records.get(key);
  if (known?.type === "inspection" && record.type === "inspection") {
    if (completesInspection(known, record)) return;
    if (completesInspection(record, known)) return void pieces.records.set(key, record);
  }
  // Failures are no results, and may have different reasons.
  if (known !== undefined && record.type !== "failed" && encodeRecord(known) !== encodeRecord(record)) {
    pieces.isAmbiguous = true;
  }
  pieces.records.set(key, record);
}

function keyOf(record: TrialPiece): string {
  if (record.type === "epoch") return `epoch ${record.epoch}`;
  if (record.type === "ensemble") return `ensemble ${ensembleKey(record)}`;
  return record.type === "diverged" && record.split === "test" ? "diverged on the test split" : record.type;
}

interface Wholeness {
  readonly pieces: Pieces;
  readonly epochsOf: EpochsOf;
}

function isWhole(trial: string, { pieces: { records, isAmbiguous }, epochsOf }: Wholeness): boolean {
  const done = records.get("done") as DoneEvent | undefined;
  const diverged = records.get("diverged") as DivergedEvent | undefined;
  const onTest = records.get("diverged on the test split") as DivergedEvent | undefined;
  const needsDone = onTest !== undefined || records.values().some(({ type }) => OF_DONE.includes(type));
  if (isAmbiguous || (done !== undefined && diverged !== undefined)) return false;
  if (needsDone && done === undefined) return false;
  const epochs = [...records.values()].filter((record) => record.type === "epoch").map(({ epoch }) => epoch);
  const end = done ?? diverged ?? null;
  return missingEpoch(new Set(epochs), { end, epochs: epochsOf(trial) }) === null;
}

/** What only a trial that is done has. */
const OF_DONE: readonly TrialPiece["type"][] = ["test", "ensemble", "inspection"];

/** Returns the records in the order in which a run writes them, without a failure before a result. */
function orderedRecords({ records }: Pieces): readonly TrialPiece[] {
  const epochs = [...records.values()].filter((record): record is EpochEvent => record.type === "epoch")
    .sort((left, right) => left.epoch - right.epoch);
  const hasResult = records.has("done") || records.has("diverged");
  const failed = hasResult ? undefined : records.get("failed") as FailedEvent | undefined;
  const rest = ["done", "diverged", "diverged on the test split", "test", "inspection"].map((key) =>
    records.get(key)
  );
  const ensembles = records.values().filter(({ type }) => type === "ensemble");
  return [...epochs, failed, ...rest, ...ensembles].filter((record) => record !== undefined);
}
