import { parse } from "@std/csv";
import { basename, dirname, resolve } from "node:path";
import type { MetricName, MetricValues, TestMetricValues } from "../../core/facts/metric.ts";
import { formatFloat64 } from "../../core/text/number_text.ts";
import { metricColumn } from "../../report/files/columns.ts";
import { COMMITTED } from "../../report/files/result_files.ts";
import { isTested } from "../../report/summary/metric.ts";
import type { TrialResult } from "../../report/summary/summary.ts";
import { hasResult } from "../../report/summary/trial_status.ts";
import { readChangedFiles } from "../files/changed_files.ts";
import { runGit } from "../files/git.ts";
import type { RunOutcome } from "../results/run_outcome.ts";

/** How the bits of trials compare with those of the last commit; a plain JSON value. */
export interface CommittedBits {
  /** Trials that have a result here and there. */
  readonly compared: number;
  /** Ids of those whose accuracies or weights differ. */
  readonly different: readonly string[];
  /** Trials that have a result here only. */
  readonly added: number;
}

/** What git has of the results of a run. */
export interface CommittedState {
  /** Null if git has no results of the experiment. */
  readonly bits: CommittedBits | null;
  /** Whether there are files that git does not have as they are, and does not ignore. */
  readonly isToCommit: boolean;
}

/**
 * Compares the trials of a run with `trials.csv` of the last commit.
 *
 * Results are written in place, so the files of the folder are not asked. Without git, or outside a repository, nothing
 * is compared.
 */
export async function compareCommitted(
  { folder, summary }: Pick<RunOutcome, "folder" | "summary">,
): Promise<CommittedState> {
  const [changed, committed] = await Promise.all([
    readChangedFiles(dirname(folder)),
    runGit(["show", `HEAD:./${COMMITTED.trials.name}`], { folder: resolve(folder) }),
  ]);
  return {
    bits: "reason" in committed ? null : compareTrials(summary.trials, committed.text),
    isToCommit: (changed?.(basename(folder))?.length ?? 0) > 0,
  };
}

/** Returns null if the text is no CSV of trials. */
function compareTrials(trials: readonly TrialResult[], csv: string): CommittedBits | null {
  const rows = parseRows(csv);
  if (rows === null) return null;
  const known = new Map(rows.filter(({ status }) => hasResult(status)).map((row) => [row.trial, row]));
  const ended = trials.filter(({ status }) => hasResult(status));
  const both = ended.filter(({ trial }) => known.has(trial));
  return {
    compared: both.length,
    different: both.filter((result) => !isSame(result, known.get(result.trial)!)).map(({ trial }) => trial),
    added: ended.length - both.length,
  };
}

type Row = Readonly<Record<string, string>>;

function parseRows(csv: string): readonly Row[] | null {
  try {
    const rows = parse(csv, { skipFirstRow: true });
    return rows.every((row) => "trial" in row && "weights_sha256" in row) ? rows : null;
  } catch {
    return null;
  }
}

function isSame(result: TrialResult, row: Row): boolean {
  const accuracy = result.bestValidationAccuracy;
  const { testAccuracy } = result;
  // The other side has none if it had another winner, or trials were pending.
  const hasTests = isTested(result) && (row.test_accuracy !== "" || (row.test_rmse ?? "") !== "");
  return result.status === row.status && (result.weightsSha256 ?? "") === row.weights_sha256 &&
    (accuracy === null ? "" : formatFloat64(accuracy)) === row.best_validation_accuracy &&
    (!hasTests || (testAccuracy === null ? "" : formatFloat64(testAccuracy)) === row.test_accuracy) &&
    hasMetrics(result.bestMetrics, { row, prefix: "best_" }) &&
    (!hasTests || hasMetrics(result.testMetrics, { row, prefix: "" }));
}

interface MetricRow {
  readonly row: Row;
  /** What stands before the name of a metric in that of its column. */
  readonly prefix: string;
}

/** Returns whether a row has the values of the metrics that it has columns of. */
function hasMetrics(values: MetricValues | TestMetricValues = {}, { row, prefix }: MetricRow): boolean {
  return Object.entries(values).every(([name, value]) => {
    if (value === undefined) return true;
    const text = row[`${prefix}${metricColumn(name as MetricName)}`];
    return text === undefined || text === formatFloat64(value);
  });
}
