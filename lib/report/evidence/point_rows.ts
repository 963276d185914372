import type { MetricFacts } from "../../core/facts/metric.ts";
import type { Point } from "../../experiment/trial/trial.ts";
import { type Measuring, selectedMetric, spreadOfMetric, validationMetrics } from "../summary/metric.ts";
import { metricSpreadText, signedText, sizeText, unitOfHead } from "../summary/metric_text.ts";
import { pointKey, rankPoints } from "../summary/rank_points.ts";
import type { PointResult, Summary, TrialResult } from "../summary/summary.ts";
import { trialsPerPoint } from "../summary/trials_per_point.ts";
import { isAtChance } from "./chance_level.ts";
import { isWorse, type PointComparison } from "./compare_points.ts";

/** A row of the table of points, as text. */
export interface PointRow {
  /** The point's index in the summary. */
  readonly index: number;
  readonly point: Point;
  /** Empty unless all of its trials are done. */
  readonly rank: string;
  readonly isWinner: boolean;
  /** Mean of the metric that decides with its interval; empty without a result. */
  readonly value: string;
  /** The means of the other metrics on validation, where some are declared. */
  readonly others: readonly string[];
  /** Repeats that are done, of all; with folds the trials. */
  readonly repeats: string;
  /** Difference to the winner with its interval; empty for the winner. */
  readonly difference: string;
  /** Holm's p-value of the paired t test; empty without three pairs. */
  readonly pValue: string;
  /** p-value of the sign-flip permutation test; empty without three pairs. */
  readonly signFlips: string;
  /** What the difference means, and what is odd about its trials. */
  readonly notes: string;
  /** What the columns are sorted by; null for an empty field. */
  readonly sorted: {
    readonly value: number | null;
    readonly difference: number | null;
    readonly pValue: number | null;
  };
}

/** The heads of the columns of {@link PointRow} that need words; {@link pointsNote} explains them. */
export interface PointHeads {
  readonly value: string;
  /** One for each of {@link PointRow.others}. */
  readonly others: readonly string[];
  readonly difference: string;
  readonly pValue: string;
  readonly signFlips: string;
}

/** Returns the heads for an experiment. */
export function pointHeads(experiment: Measuring): PointHeads {
  const [selected, ...others] = validationMetrics(experiment);
  return {
    value: `${others.length === 0 ? "validation" : selected.label} ± 95 %`,
    others: others.map(({ label }) => `${label} ± 95 %`),
    difference: `to the winner${unitOfHead(selected)} ± 95 %`,
    pValue: "p (Holm)",
    signFlips: "p (sign flips)",
  };
}

/** Returns what the columns mean. */
export function pointsNote({ experiment }: Summary): string {
  const { label, format } = selectedMetric(experiment);
  const unit = format === "percent" ? `in percentage points of ${label}` : `in ${label}`;
  const { folds } = experiment.data;
  if (folds !== undefined) {
    return `± is the half width of the 95 % interval of the mean over folds, by Student's t, from three values on. ` +
      `Differences to the winner are ${
        format === "percent" && label === "validation accuracy" ? "in percentage points" : unit
      }, ` +
      "between the same repeats and folds (paired); p is that of a paired t test, corrected for the number of points " +
      "(Holm). Folds share training rows, so that the variance of a mean of n values is " +
      `s² (1/n + 1/${folds - 1}), not s²/n (Nadeau and Bengio 2003).`;
  }
  if (experiment.repeats === 1) return `The difference to the winner is ${unit}.`;
  const short = label === "validation accuracy" ? "in percentage points" : unit;
  return "± is the half width of the 95 % interval of the mean over repeats, by Student's t, from three repeats on. " +
    `Differences to the winner are ${short}, between the same repeats (paired); p is that of a paired t ` +
    "test, corrected for the number of points (Holm); beside it stands the uncorrected p of the sign-flip " +
    "permutation test, which assumes no distribution and cannot be below 0.05 with fewer than six repeats.";
}

/** Returns a row for each point: those with all trials best first, then partial ones, then those without a result. */
export function pointRows(summary: Summary, comparisons: readonly PointComparison[]): readonly PointRow[] {
  const { points: results, trials, experiment, winner } = summary;
  const ranked = rankPoints(results, experiment);
  const isRanked = new Set(ranked);
  const byPoint = new Map(comparisons.map((comparison) => [pointKey(comparison.point), comparison]));
  const trialsOf = Map.groupBy(trials, ({ point }) => pointKey(point));
  const indices = new Map(results.map((result, index) => [result, index]));
  const winnerKey = winner === null ? null : pointKey(winner.point);
  return [...ranked, ...results.filter((result) => !isRanked.has(result))].map((result, place) => {
    const key = pointKey(result.point);
    return rowOf(result, {
      index: indices.get(result)!,
      rank: result.done === trialsPerPoint(experiment) ? String(place + 1) : "",
      isWinner: key === winnerKey,
      comparison: byPoint.get(key) ?? null,
      trials: trialsOf.get(key) ?? [],
      summary,
    });
  });
}

interface RowParts {
  readonly index: number;
  readonly rank: string;
  readonly isWinner: boolean;
  readonly comparison: PointComparison | null;
  readonly trials: readonly TrialResult[];
  readonly summary: Summary;
}

function rowOf(result: PointResult, parts: RowParts): PointRow {
  const { point, done, stoppedAfter } = result;
  const { index, rank, isWinner, comparison, summary: { experiment } } = parts;
  const [selected, ...others] = validationMetrics(experiment);
  const spread = spreadOfMetric(result, selected.name);
  const difference = comparison?.difference ?? null;
  const pValue = comparison?.adjustedPValue ?? null;
  return {
    index,
    point,
    rank,
    isWinner,
    value: spread === null ? "" : metricSpreadText(spread, selected),
    others: others.map((metric) => {
      const found = spreadOfMetric(result, metric.name);
      return found === null ? "" : metricSpreadText(found, metric);
    }),
    repeats: `${done} of ${trialsPerPoint(experiment)}`,
    difference: difference === null ? "" : differenceText(difference, selected),
    pValue: pValue === null ? "" : pValueText(pValue),
    signFlips: comparison?.signFlipPValue == null ? "" : pValueText(comparison.signFlipPValue),
    notes: [meaning(parts), stopText(stoppedAfter), ...oddities(parts)].filter((text) => text !== "").join(
      "; ",
    ),
    sorted: { value: spread?.mean ?? null, difference: difference?.mean ?? null, pValue },
  };
}

function stopText(stoppedAfter: number | undefined): string {
  return stoppedAfter === undefined ? "" : `stopped after epoch ${stoppedAfter}`;
}

function meaning({ isWinner, comparison }: RowParts): string {
  if (isWinner) return "leads";
  if (comparison === null || comparison.adjustedPValue === null) return "";
  return isWorse(comparison) ? "worse" : "no clear difference";
}

function oddities({ trials, summary }: RowParts): readonly string[] {
  const count = (holds: (trial: TrialResult) => boolean) => trials.filter(holds).length;
  const counts = {
    diverged: count(({ status }) => status === "diverged"),
    failed: count(({ status }) => status === "failed"),
    "at chance level": count((trial) => isAtChance(trial, summary)),
  };
  return Object.entries(counts).filter(([, number]) => number > 0)
    .map(([what, number]) => trials.length === 1 ? what : `${number} of ${trials.length} ${what}`);
}

/** Returns a p-value with three decimals, or that it is below 0.001. */
export function pValueText(pValue: number): string {
  return pValue < 0.001 ? "< 0.001" : pValue.toFixed(3);
}

/** Returns a difference for a cell of a table of pairs. */
export function differenceText(
  { mean, halfWidth }: { readonly mean: number; readonly halfWidth: number | null },
  metric: Pick<MetricFacts, "format">,
): string {
  return `${signedText(mean, metric)}${halfWidth === null ? "" : ` ± ${sizeText(halfWidth, metric)}`}`;
}
