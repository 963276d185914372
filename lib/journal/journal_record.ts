import { hash } from "node:crypto";
import { InputError } from "../core/check/errors.ts";
import type { Warning } from "../core/check/warning.ts";
import { canonicalJson, type Json } from "../core/numbers/digest.ts";
import type { Inspection } from "../experiment/trial/inspection.ts";
import type { TrialEvent } from "../experiment/trial/trial_event.ts";
import { checkRecord } from "./check_record.ts";

/** The version of the journal's line format. */
const JOURNAL_FORMAT = 1;

/** What one line of a journal holds. */
export type JournalRecord = HeaderRecord | LogRecord;

/** What a journal knows of a trial. */
export type TrialRecord = TrialEvent | TestRecord | InspectionRecord;

/** What a journal holds besides headers. */
export type LogRecord = TrialRecord | WarningsRecord;

/** Stands first, and again wherever the experiment, the data or the arithmetic changed between runs. */
export interface HeaderRecord {
  readonly type: "header";
  /** Name of the experiment. */
  readonly experiment: string;
  readonly experimentDigest: string;
  readonly dataDigest: string;
  readonly numericsVersion: number;
}

/** The test accuracy of a trial of the winning point. */
export interface TestRecord {
  readonly type: "test";
  /** Id of the trial. */
  readonly trial: string;
  /** Accuracy on the test split, a fraction. */
  readonly testAccuracy: number;
}

/** What the best trial of the winning point makes of the test split. */
export interface InspectionRecord extends Inspection {
  readonly type: "inspection";
  /** Id of the trial. */
  readonly trial: string;
}

/** What is odd about the data; of several, the last counts. */
export interface WarningsRecord {
  readonly type: "warnings";
  readonly warnings: readonly Warning[];
}

/** A line as read: its record, or what is wrong with it. */
export type DecodedLine = { readonly record: JournalRecord } | { readonly damage: string };

const LINE = /^\{"format":(\d+),"checksum":"([0-9a-f]{16})","record":(.*)\}$/s;

/** Returns the line of a record, with its line end. */
export function encodeRecord(record: JournalRecord): string {
  const text = canonicalJson(record as unknown as Json);
  return `{"format":${JOURNAL_FORMAT},"checksum":"${checksum(text)}","record":${text}}\n`;
}

/** Reads a line without its line end; the checksum is taken over the record's text as it stands. */
export function decodeLine(line: string): DecodedLine {
  const match = LINE.exec(line);
  if (match === null) return { damage: "it is not a journal record" };
  const [, format, expected, text] = match;
  if (Number(format) !== JOURNAL_FORMAT) {
    return { damage: `its format is ${format}, this version of Seedbed reads ${JOURNAL_FORMAT}` };
  }
  const found = checksum(text);
  if (found !== expected) return { damage: `its checksum is ${expected}, its text gives ${found}` };
  return parseRecord(text);
}

function parseRecord(text: string): DecodedLine {
  try {
    const record = JSON.parse(text);
    checkRecord(record);
    return { record };
  } catch (error) {
    if (!(error instanceof InputError || error instanceof SyntaxError)) throw error;
    return { damage: `it is no record: ${error.message.replace(/^Cannot read a record: /, "")}` };
  }
}

function checksum(text: string): string {
  // The system's, which is a few times as fast as the one that runs on every engine: a journal has a line an epoch.
  return hash("sha256", text).slice(0, 16);
}
