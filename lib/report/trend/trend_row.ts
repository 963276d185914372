import { type MetricName, testName, USUAL_METRIC } from "../../core/facts/metric.ts";
import { canonicalJson, type Json } from "../../core/numbers/digest.ts";
import { matchTrials } from "../compare/compare_results.ts";
import { specChanges } from "../compare/spec_changes.ts";
import { spreadOfMetric, testSpreadOf, testValueOf, valueOf } from "../summary/metric.ts";
import { placeKey, pointKey } from "../summary/rank_points.ts";
import { spreadOf } from "../summary/spread.ts";
import type { Summary, TrialResult } from "../summary/summary.ts";
import { addedReasons } from "./added_reasons.ts";
import type { FollowedTrial, PastResults, TrendChange, TrendRow, TrendTrial, TrendWinner } from "./trend.ts";

/** What a row is compared with. */
export interface Earlier {
  /** The row of the commit before; null for the first. */
  readonly row: TrendRow | null;
  /** The last summary that was read; null if there is none. */
  readonly summary: Summary | null;
  /** The last text of `CHANGES.md`; null if there is none. */
  readonly changes: string | null;
}

/** What the first row is compared with. */
export const NOTHING_EARLIER: Earlier = { row: null, summary: null, changes: null };

/** Options of {@link trendRow}. */
export interface RowOptions {
  readonly earlier: Earlier;
  readonly followed: readonly FollowedTrial[];
  /** The metric of the trend. */
  readonly metric: MetricName;
}

/** Returns the row of results, compared with earlier ones. */
export function trendRow(
  past: PastResults,
  { earlier, followed, metric }: RowOptions,
): TrendRow {
  const { summary, revision, date, subject, problem, isSameFile } = past;
  const state = summary !== null ? "read" : problem === null ? "absent" : "damaged";
  const reasons = addedReasons(earlier.changes, past.changes);
  const change = summary === null || earlier.summary === null
    ? null
    : changeOf(earlier.summary, summary, { isSameFile, metric });
  const isOtherState = earlier.row?.state !== state || (state === "damaged" && !isSameFile);
  return {
    revision,
    date,
    subject,
    problem,
    state,
    winner: winnerOf(summary, metric),
    mean: meanOf(summary, metric),
    trials: trialsOf(summary, { followed, metric }),
    change,
    reasons,
    isChanged: isOtherState || reasons.length > 0 || (change !== null && isChange(change)),
  };
}

/** Returns what the next row is compared with. */
export function laterThan(earlier: Earlier, { past, row }: {
  readonly past: PastResults;
  readonly row: TrendRow;
}): Earlier {
  return {
    row,
    summary: past.summary ?? earlier.summary,
    changes: past.changes ?? earlier.changes,
  };
}

function winnerOf(summary: Summary | null, metric: MetricName): TrendWinner | null {
  if (summary === null || summary.winner === null) return null;
  const { winner } = summary;
  return {
    point: winner.point,
    validation: spreadOfMetric(winner, metric)?.mean ?? null,
    test: testSpreadOf(winner, testName(metric))?.mean ?? null,
  };
}

function meanOf(summary: Summary | null, metric: MetricName): number | null {
  const means = (summary?.points ?? []).flatMap((point) => spreadOfMetric(point, metric)?.mean ?? []);
  return spreadOf(means)?.mean ?? null;
}

function trialsOf(
  summary: Summary | null,
  { followed, metric }: Pick<RowOptions, "followed" | "metric">,
): readonly TrendTrial[] {
  return followed.map((trial) => {
    const place = placeKey(trial);
    const found = summary?.trials.find((result) => result.trial === trial.id) ??
      summary?.trials.find((result) => placeKey(result) === place);
    return { trial: found?.trial ?? null, validation: found === undefined ? null : valueOf(found, metric) };
  });
}

const NO_CHANGE: Omit<TrendChange, "compared"> = {
  bits: 0,
  accuracies: 0,
  added: 0,
  removed: 0,
  declared: [],
  isOtherWinner: false,
  winnerGain: null,
  testGain: null,
  meanGain: null,
};

interface ChangeOptions {
  readonly isSameFile: boolean;
  readonly metric: MetricName;
}

function changeOf(before: Summary, after: Summary, { isSameFile, metric }: ChangeOptions): TrendChange {
  const [old, now] = [winnerOf(before, metric), winnerOf(after, metric)];
  const gains = {
    winnerGain: gain(old?.validation, now?.validation),
    testGain: gain(old?.test, now?.test),
    meanGain: gain(meanOf(before, metric), meanOf(after, metric)),
  };
  if (isSameFile) return { ...NO_CHANGE, ...gains, compared: after.trials.length };
  const partners = matchTrials(before, after);
  const pairs = after.trials.flatMap((trial) => {
    const partner = partners.get(trial.trial);
    return partner === undefined ? [] : [[partner, trial] as const];
  });
  return {
    ...gains,
    compared: pairs.length,
    bits: pairs.filter(([one, other]) => hasOtherBits(one, other, metric)).length,
    accuracies: pairs.filter(([one, other]) => hasOtherValue(one, other, metric)).length,
    added: after.trials.length - pairs.length,
    removed: before.trials.length - pairs.length,
    declared: declaredAnew(before, after),
    isOtherWinner: old !== null && now !== null && pointKey(old.point) !== pointKey(now.point),
  };
}

function gain(before: number | null | undefined, after: number | null | undefined): number | null {
  return typeof before === "number" && typeof after === "number" ? after - before : null;
}

function hasOtherValue(before: TrialResult, after: TrialResult, metric: MetricName): boolean {
  const names: readonly MetricName[] = [USUAL_METRIC, metric];
  return names.some((name) => {
    const [old, now] = [before, after].map((result) => testValueOf(result, testName(name)));
    return valueOf(before, name) !== valueOf(after, name) ||
      // Only a winner has a test accuracy.
      (old !== null && now !== null && old !== now);
  });
}

function hasOtherBits(before: TrialResult, after: TrialResult, metric: MetricName): boolean {
  return hasOtherValue(before, after, metric) || !isSameJson(before.bestMetrics, after.bestMetrics) ||
    before.weightsSha256 !== after.weightsSha256 ||
    before.status !== after.status || before.bestEpoch !== after.bestEpoch || before.loss !== after.loss ||
    before.trainAccuracy !== after.trainAccuracy || before.trainRmse !== after.trainRmse ||
    before.reason !== after.reason;
}

function isSameJson(before: object = {}, after: object = {}): boolean {
  return canonicalJson(before as Json) === canonicalJson(after as Json);
}

/** The settings of a trial that is no winner's are not in a summary: only its digest shows that they changed. */
function declaredAnew(before: Summary, after: Summary): readonly string[] {
  const fields = specChanges(before, after).map(({ field }) => field);
  if (fields.length > 0 || before.experimentDigest === after.experimentDigest) return fields;
  return ["settings of trials"];
}

function isChange({ bits, added, removed, declared, isOtherWinner }: TrendChange): boolean {
  return bits + added + removed + declared.length > 0 || isOtherWinner;
}
