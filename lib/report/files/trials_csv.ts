import { parse, stringify } from "@std/csv";
import { InputError } from "../../core/check/errors.ts";
import { messageOf } from "../../core/check/message_of.ts";
import { measuresNumbers, type MetricName, testName } from "../../core/facts/metric.ts";
import { formatFloat64 } from "../../core/text/number_text.ts";
import { escapeUnprintable } from "../../core/text/unprintable.ts";
import { axisText } from "../summary/axis_text.ts";
import type { Summary, TrialResult } from "../summary/summary.ts";
import {
  columnNames,
  FOLD_COLUMNS,
  metricColumn,
  MORE_TRIALS_COLUMNS,
  NUMBERS_COLUMNS,
  TRIALS_COLUMNS,
} from "./columns.ts";

const [ID_COLUMN, ...RESULT_COLUMNS] = columnNames(TRIALS_COLUMNS);
const STOP_COLUMNS = columnNames(MORE_TRIALS_COLUMNS);

/**
 * Returns `trials.csv`: a row per trial in grid order, a column per axis. A missing value is an empty field; an axis
 * with the name of a fixed column is headed `axis.<name>`. The further metrics have columns behind the others, and the
 * fold the last one.
 *
 * @param options.isRaw Whether reasons have unescaped control characters, as in early versions; CSV readers take them
 * for ends of rows.
 */
export function trialsCsv(
  { experiment, trials }: Pick<Summary, "experiment" | "trials">,
  { isRaw = false }: { readonly isRaw?: boolean } = {},
): string {
  const axes = Object.keys(experiment.grid);
  const { metrics = [] } = experiment;
  const columns = metrics.flatMap((name) => [`best_${metricColumn(name)}`, metricColumn(testName(name))]);
  const numbers = measuresNumbers(experiment) ? columnNames(NUMBERS_COLUMNS) : [];
  const folds = experiment.data.folds === undefined ? [] : columnNames(FOLD_COLUMNS);
  const fixed = new Set<string>([
    ID_COLUMN,
    ...RESULT_COLUMNS,
    ...STOP_COLUMNS,
    ...numbers,
    ...columns,
    ...folds,
  ]);
  const heads = axes.map((axis) => fixed.has(axis) ? `axis.${axis}` : axis);
  const more = experiment.search === undefined ? [] : STOP_COLUMNS;
  return stringify([
    [ID_COLUMN, ...heads, ...RESULT_COLUMNS, ...more, ...numbers, ...columns, ...folds],
    ...trials.map((result) => [
      ...row(result, { axes, isRaw }),
      ...more.map(() => numberText(result.stoppedAfter ?? null)),
      ...numbers.map(() => numberText(result.trainRmse ?? null)),
      ...metricTexts(result, metrics),
      ...folds.map(() => numberText(result.fold ?? null)),
    ]),
  ]).toWellFormed();
}

/**
 * Returns the trials of a {@link trialsCsv} that may have been evaluated on the test split: those with an accuracy or an RMSE
 * there, and those that diverged, which may have happened there.
 *
 * @throws {InputError} If it is no CSV.
 */
export function readTestedTrials(csv: string): ReadonlySet<string> {
  try {
    const rows = parse(csv, { skipFirstRow: true });
    return new Set(
      rows.filter((row) => row.test_accuracy || row.test_rmse || row.status === "diverged")
        .map(({ trial }) => trial),
    );
  } catch (error) {
    const reason = messageOf(error);
    throw new InputError(`Cannot read trials.csv: it must be a CSV file of a run, found ${reason}`);
  }
}

/** Returns the epoch after which a search stopped trials, by trial, from a {@link trialsCsv}. */
export function readStops(csv: string): ReadonlyMap<string, number> {
  const rows = parse(csv, { skipFirstRow: true });
  return new Map(
    rows.flatMap(({ trial, stopped_after }) =>
      stopped_after ? [[trial, Number(stopped_after)] as const] : []
    ),
  );
}

interface RowOptions {
  readonly axes: readonly string[];
  readonly isRaw: boolean;
}

function row(result: TrialResult, { axes, isRaw }: RowOptions): string[] {
  const reason = result.reason ?? "";
  return [
    result.trial,
    ...axes.map((axis) => axisText(result.point[axis])),
    String(result.repeat),
    result.status,
    numberText(result.bestEpoch),
    numberText(result.bestValidationAccuracy),
    numberText(result.trainAccuracy),
    numberText(result.loss),
    numberText(result.testAccuracy),
    result.weightsSha256 ?? "",
    isRaw ? reason : escapeUnprintable(reason, { allowed: "\n\t" }),
  ];
}

function metricTexts(
  { bestMetrics = {}, testMetrics = {} }: TrialResult,
  metrics: readonly MetricName[],
): string[] {
  return metrics.flatMap((name) => [
    numberText(bestMetrics[name] ?? null),
    numberText(testMetrics[testName(name)] ?? null),
  ]);
}

function numberText(value: number | null): string {
  return value === null ? "" : formatFloat64(value);
}
