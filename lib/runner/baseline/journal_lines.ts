import {
  decodeLine,
  encodeRecord,
  type JournalRecord,
  type TestRecord,
} from "../../journal/journal_record.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { EpochEvent, TrialEvent } from "../../experiment/trial/trial_event.ts";
import { columnsOf } from "../../report/files/history_csv.ts";
import { metricsOfRow, parseHistoryRows, usualOfRow } from "../../report/files/history_rows.ts";
import type { Results } from "../../report/files/parse_results.ts";
import { foldsOf, isTested } from "../../report/summary/metric.ts";
import type { TrialResult } from "../../report/summary/summary.ts";

/**
 * Returns the lines of a journal that belong to some of its trials, and its warnings about the data.
 *
 * @param text The whole journal, which has been read without an error.
 */
export function journalLines(text: string, { trials }: { readonly trials: ReadonlySet<string> }): string {
  const kept = text.split("\n").filter((line) => {
    if (line === "") return false;
    const decoded = decodeLine(line);
    if (!("record" in decoded)) return false;
    const { record } = decoded;
    return record.type === "warnings" || (record.type !== "header" && trials.has(record.trial));
  });
  return kept.map((line) => `${line}\n`).join("");
}

/**
 * Returns the lines that the journal of committed results had for some of their trials, as far as the files have them: the
 * inspection of the winner is not there, so that a run makes it again.
 *
 * @returns Null if a trial's end cannot be known: one that failed, or diverged on the test split.
 */
export function committedLines(
  { summary, history, folder }: Results,
  { trials }: { readonly trials: readonly Trial[] },
): string | null {
  const lines: string[] = [];
  const wanted = new Map(trials.map((trial) => [trial.id, trial]));
  for (const result of summary.trials) {
    const trial = wanted.get(result.trial);
    if (trial === undefined) continue;
    const { metrics = [] } = summary.experiment;
    const file = { path: `${folder}/history.csv`, ...columnsOf(summary.experiment) };
    const rows = parseHistoryRows(history.get(result.trial) ?? "", file);
    const epochs = rows.map((row): EpochEvent => ({
      type: "epoch",
      trial: result.trial,
      epoch: Number(row.epoch),
      loss: row.loss === "" ? null : Number(row.loss),
      ...usualOfRow(row),
      learningRate: Number(row.learning_rate),
      weightsSha256: row.weights_sha256,
      ...metricsOfRow(row, metrics),
    }));
    const { epochs: planned, patience } = trial.solver;
    const ends = endsOf(result, {
      rows: epochs.length,
      epochs: planned,
      hasPatience: patience !== undefined,
      repeat: isTested(result) ? repeatOf(result, summary) : [],
    });
    if (ends === null) return null;
    lines.push(...[...epochs, ...ends].map(encodeRecord));
  }
  return lines.join("");
}

interface Epochs {
  readonly rows: number;
  /** Of the trial's settings. */
  readonly epochs: number;
  readonly hasPatience: boolean;
  /** The trials that were tested together with it; none without folds. */
  readonly repeat: readonly string[];
}

function endsOf(
  result: TrialResult,
  { rows, epochs, hasPatience, repeat }: Epochs,
): readonly JournalRecord[] | null {
  const { trial, status, bestEpoch, bestValidationAccuracy, weightsSha256, reason, bestMetrics } = result;
  // The epoch in which it diverged has no row; where all have one, that was on the test split. With patience that is not
  // known.
  if (status === "diverged" && reason !== null && rows <= epochs && !hasPatience) {
    return [{ type: "diverged", trial, epoch: rows, reason } satisfies TrialEvent];
  }
  // Its epochs are all that a journal has of it.
  if (status === "stopped") return [];
  if (status !== "done" || bestEpoch === null || weightsSha256 === null) return null;
  const stopped = hasPatience ? { lastEpoch: rows - 1 } : {};
  return [
    {
      type: "done",
      trial,
      bestEpoch,
      ...bestValidationAccuracy === null ? {} : { bestValidationAccuracy },
      weightsSha256,
      ...stopped,
      ...bestMetrics === undefined ? {} : { bestMetrics },
    } satisfies TrialEvent,
    ...isTested(result) ? [testRecordOf(result, repeat)] : [],
  ];
}

function testRecordOf(
  { trial, testAccuracy, testMetrics }: TrialResult,
  repeat: readonly string[],
): TestRecord {
  const measured = {
    ...testAccuracy === null ? {} : { testAccuracy },
    ...testMetrics === undefined ? {} : { metrics: testMetrics },
  };
  return { type: "test", trial, ...repeat.length === 0 ? {} : { folds: repeat }, ...measured };
}

/** Returns the trials of a tested repeat, one for each fold; none without folds. */
function repeatOf({ trial, fold }: TrialResult, { winner }: Results["summary"]): readonly string[] {
  if (fold === undefined || winner === null) return [];
  const first = winner.trials.indexOf(trial);
  return winner.trials.slice(first, first + foldsOf(winner));
}
