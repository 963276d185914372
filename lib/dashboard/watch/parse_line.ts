import {
  aCount,
  anObject,
  aNumber,
  anything,
  aText,
  checkFields,
  listOf,
  oneOf,
  type Rule,
} from "../../core/check/fields.ts";
import type { MetricName } from "../../core/facts/metric.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import { checkRecord } from "../../journal/check_record.ts";
import type { JournalRecord } from "../../journal/journal_record.ts";
import {
  columnNames,
  FOLD_COLUMNS,
  HISTORY_COLUMNS,
  metricOfColumn,
  NUMBERS_COLUMNS,
} from "../../report/files/columns.ts";
import { checkFacts } from "../../report/files/parse_summary.ts";
import type { CurvePoint } from "../../report/story/growing_curve.ts";
import type { ActivityLine } from "../../runner/run/activity.ts";

const HISTORY_NAMES = columnNames(HISTORY_COLUMNS);
const [FOLD_NAME] = columnNames(FOLD_COLUMNS);

/** A row of `history.csv`, or the further metrics that its heading names. */
export type HistoryLine = HistoryPoint | { readonly metrics: readonly MetricName[] };

/** A row of `history.csv`; the values of further metrics stand in the order of the heading. */
export interface HistoryPoint extends Omit<CurvePoint, "metrics"> {
  readonly trial: string;
  readonly further: readonly number[];
}

/** Model and solver of a trial, as `specs.jsonl` has them. */
export interface SettingsLine extends Pick<Trial, "model" | "solver"> {
  readonly trial: string;
}

// A limit on the memory of a curve, which is a list by epoch.
const MOST_EPOCHS = 1_000_000;

/** Parses a line of `activity.jsonl`; null if it is damaged. */
export function parseActivity(line: string): ActivityLine | null {
  return parse(line, (value) => {
    check(value, { type: oneOf("run", "started", "ended", "note", "closed"), at: aNumber });
    if (value.type === "note") check(value, { message: aText });
    else if (value.type === "closed") check(value, { status: aText });
    else if (value.type !== "run") check(value, { trial: aText, worker: aCount });
    else {
      check(value, {
        experiment: anything,
        dataDigest: aText,
        trials: listOf(anObject),
        toRun: listOf(aText),
      });
      checkFacts(value.experiment as never, { action: "read activity" });
      for (const trial of value.trials as Fields[]) {
        check(trial, { id: aText, point: anObject, repeat: aCount, epochs: aCount });
        if (trial.fold !== undefined) check(trial, { fold: aCount });
      }
    }
  });
}

/** Parses the record of a journal's line without checking its checksum; null if a field is wrong. */
export function parseRecord(line: string): JournalRecord | null {
  const whole = parse<{ readonly record: JournalRecord }>(line, ({ record }) => {
    checkRecord(record);
    if ((record as JournalRecord).type === "epoch") check(record, { epoch: anEpoch });
  });
  return whole?.record ?? null;
}

/** Parses a row of `history.csv`; null if it is damaged. */
export function parseHistory(line: string, { number }: { readonly number: number }): HistoryLine | null {
  const fields = line.trimEnd().split(",");
  if (number === 1) return parseHeading(fields);
  const [trial, epoch, loss, trainAccuracy, validationAccuracy] = fields;
  const further = fields.slice(HISTORY_NAMES.length).map(Number);
  const row = { trial, epoch: Number(epoch), loss: loss === "" ? null : Number(loss) };
  // Of numbers there are no accuracies, but an RMSE on training rows in front of the further metrics.
  const isOfNumbers = trainAccuracy === "";
  const measured = isOfNumbers
    ? { trainRmse: further[0], further: further.slice(1) }
    : { trainAccuracy: Number(trainAccuracy), validationAccuracy: Number(validationAccuracy), further };
  const isWhole = fields.length >= HISTORY_NAMES.length && epoch !== "" && anEpoch.accepts(row.epoch) &&
    [
      row.loss,
      ...isOfNumbers ? [further[0] ?? NaN] : [measured.trainAccuracy, measured.validationAccuracy],
      ...further,
    ]
      .every((value) => numberOrNone.accepts(value));
  return isWhole ? { ...row, ...measured } : null;
}

function parseHeading(fields: readonly string[]): HistoryLine | null {
  const usual = fields.slice(0, HISTORY_NAMES.length);
  // The fold is the last one; its values stand behind those of the metrics.
  const [numbersName] = columnNames(NUMBERS_COLUMNS);
  const first = HISTORY_NAMES.length + Number(fields[HISTORY_NAMES.length] === numbersName);
  const further = fields.slice(first, fields.at(-1) === FOLD_NAME ? -1 : undefined);
  const metrics = further.map(metricOfColumn).filter((name) => name !== null);
  const isWhole = usual.join() === HISTORY_NAMES.join() && metrics.length === further.length;
  return isWhole ? { metrics } : null;
}

/** Parses a line of `specs.jsonl`; null if it is damaged. */
export function parseSettings(line: string): SettingsLine | null {
  return parse(line, (value) => check(value, { trial: aText, model: anObject, solver: anObject }));
}

type Fields = Readonly<Record<string, unknown>>;

const numberOrNone: Rule = {
  expected: "a finite number or null",
  accepts: (value) => value === null || Number.isFinite(value),
};
const anEpoch: Rule = {
  expected: "an epoch",
  accepts: (value) => aCount.accepts(value) && (value as number) <= MOST_EPOCHS,
};

function check(value: unknown, required: Readonly<Record<string, Rule>>): void {
  checkFields(value, { action: "read a line", path: "", required, others: true });
}

/** Parses a line's JSON; null if that or the check of its fields throws. */
function parse<T>(line: string, checkIt: (value: Fields) => void): T | null {
  try {
    const value = JSON.parse(line);
    checkIt(value);
    return value;
  } catch {
    return null;
  }
}
