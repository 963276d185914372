import { hash } from "node:crypto";
import { InputError } from "../core/check/errors.ts";
import type { Warning } from "../core/check/warning.ts";
import type { TestMetricValues } from "../core/facts/metric.ts";
import { canonicalJson, type Json } from "../core/numbers/digest.ts";
import type { DatasetFacts } from "../experiment/trial/dataset_facts.ts";
import type { Inspection, TargetInspection, TestPredictions } from "../experiment/trial/inspection.ts";
import type { TrialEvent } from "../experiment/trial/trial_event.ts";
import { checkRecord } from "./check_record.ts";

/** The version of the journal's line format. */
const JOURNAL_FORMAT = 1;

/** The content of a line of a journal. */
export type JournalRecord = HeaderRecord | LogRecord;

/** A record about a trial. */
export type TrialRecord = TrialEvent | TestRecord | EnsembleRecord | InspectionRecord;

/** A record of a journal other than a header. */
export type LogRecord = TrialRecord | WarningsRecord;

/** The first record, repeated when the experiment, the data or the numerics version changed between runs. */
export interface HeaderRecord {
  readonly type: "header";
  /** Name of the experiment. */
  readonly experiment: string;
  readonly experimentDigest: string;
  readonly dataDigest: string;
  /** The digests of its data sets, sorted; omitted if there is one. */
  readonly dataDigests?: readonly string[];
  readonly numericsVersion: number;
}

/** The measurements on the test split of a repeat of the winning point. */
export interface TestRecord {
  readonly type: "test";
  /** Id of its trial, with folds that of fold 0. */
  readonly trial: string;
  /** Ids of the trials of all folds, whose probabilities are averaged; only with folds. */
  readonly folds?: readonly string[];
  /** Accuracy on the test split, a fraction; not of numbers. */
  readonly testAccuracy?: number;
  /** The further metrics on the test split; only where some are declared. */
  readonly metrics?: TestMetricValues;
}

/** The measurements on the test split of all nets of the winning point together. */
export interface EnsembleRecord {
  readonly type: "ensemble";
  /** Id of the first of its trials. */
  readonly trial: string;
  /** Ids of its trials, repeat by repeat, and fold by fold: the order in which probabilities are added. */
  readonly trials: readonly string[];
  /** Accuracy on the test split, a fraction; not of numbers. */
  readonly testAccuracy?: number;
  /** See {@link TestRecord}. */
  readonly metrics?: TestMetricValues;
  /** Missing where an inspection has none. */
  readonly predictions?: TestPredictions;
  /** Only of rows that have targets instead of a class. */
  readonly targets?: TargetInspection;
}

/** The inspection of the winning point's best repeat on the test split. */
export interface InspectionRecord extends Inspection {
  readonly type: "inspection";
  /** Id of its trial, with folds that of fold 0. */
  readonly trial: string;
  /** See {@link TestRecord}. */
  readonly folds?: readonly string[];
}

/** What was found in the data; the last record counts. */
export interface WarningsRecord {
  readonly type: "warnings";
  readonly warnings: readonly Warning[];
  /** What is known of the tables among the data sets once they are loaded; omitted if there are none. */
  readonly datasets?: readonly DatasetFacts[];
}

/** A decoded line: its record, or what is wrong with it. */
export type DecodedLine = { readonly record: JournalRecord } | { readonly damage: string };

const LINE = /^\{"format":(\d+),"checksum":"([0-9a-f]{16})","record":(.*)\}$/s;

/** Returns the line of a record, with its line end. */
export function encodeRecord(record: JournalRecord): string {
  const text = canonicalJson(record as unknown as Json);
  return `{"format":${JOURNAL_FORMAT},"checksum":"${checksum(text)}","record":${text}}\n`;
}

/** Reads a line without its line end; the checksum covers the exact text of the record. */
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
  // The system's SHA-256 is a few times faster than the portable one, which matters for a line per epoch.
  return hash("sha256", text).slice(0, 16);
}
