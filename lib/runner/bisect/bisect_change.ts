import { type MetricName, USUAL_METRIC } from "../../core/facts/metric.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import { compareResults } from "../../report/compare/compare_results.ts";
import type { Comparison, TrialComparison } from "../../report/compare/comparison.ts";
import type { Results } from "../../report/files/parse_results.ts";
import { valueOf } from "../../report/summary/metric.ts";
import { placeKey, type TrialPlace } from "../../report/summary/rank_points.ts";
import { hasResult } from "../../report/summary/trial_status.ts";
import type { ChangeKind } from "./change_kind.ts";

/** A trial in the results of two revisions. */
export interface TrialChange {
  readonly comparison: Comparison;
  readonly trial: TrialComparison;
  readonly isChanged: boolean;
}

/** Options of {@link findChange}. */
export interface ChangeOptions {
  readonly place: TrialPlace;
  readonly what: ChangeKind;
}

/** Returns how a trial changed; null if a side has no result of it. */
export function findChange(
  [before, after]: readonly [Results, Results],
  { place, what }: ChangeOptions,
): TrialChange | null {
  const comparison = compareResults(before, { current: after });
  const trial = comparison.trials.find((candidate) => placeKey(candidate) === placeKey(place));
  const isChanged = trial === undefined ? null : hasChanged(trial, { what, metric: comparison.gate.metric });
  return isChanged === null ? null : { comparison, trial: trial!, isChanged };
}

/** Returns the trials that differ between two results, by {@link placeKey}. */
export function changedPlaces(
  [before, after]: readonly [Results, Results],
  what: ChangeKind,
): ReadonlySet<string> {
  const { trials, gate: { metric } } = compareResults(before, { current: after });
  return new Set(trials.filter((trial) => hasChanged(trial, { what, metric })).map(placeKey));
}

interface HasChanged {
  readonly what: ChangeKind;
  /** The metric that decides; it counts as the accuracy does. */
  readonly metric?: MetricName;
}

/** Returns whether a trial changed; null if a side has no result of it. */
function hasChanged(
  { baseline, current, parting }: TrialComparison,
  { what, metric = USUAL_METRIC }: HasChanged,
): boolean | null {
  if (baseline === null || current === null) return null;
  if (!hasResult(baseline.status) || !hasResult(current.status)) return null;
  if (what === "accuracy") {
    const names: readonly MetricName[] = [USUAL_METRIC, metric];
    return names.some((name) => valueOf(baseline, name) !== valueOf(current, name));
  }
  return parting !== null || baseline.status !== current.status;
}

/** Returns trials in the order in which they are tried: those that are expected to differ first, then by their cost. */
export function tryingOrder(
  trials: readonly Trial[],
  { expected }: { readonly expected: ReadonlySet<string> },
): readonly Trial[] {
  const rank = (trial: Trial) => expected.has(placeKey(trial)) ? 0 : 1;
  return trials.map((trial) => ({ trial, rank: rank(trial), cost: costOf(trial) }))
    .sort((left, right) => left.rank - right.rank || left.cost - right.cost)
    .map(({ trial }) => trial);
}

/** Returns a number that grows with the time that a trial and those of its point that run with it take. */
function costOf({ repeat, data, model, solver }: Trial): number {
  const widths = [inputDim(data), ...model.hiddenDims, numClasses(data)];
  const weights = widths.slice(1).reduce((sum, width, index) => sum + width * (widths[index] + 1), 0);
  return (repeat + 1) * (data.folds ?? 1) * solver.epochs * (data.train ?? 1) * weights;
}

/** The features of a row; those of a table are not declared, and the same for all trials, as its classes and rows may be. */
function inputDim(data: Trial["data"]): number {
  if (data.kind === "blobs") return data.inputDim;
  return data.kind === "mnist" ? 784 : data.kind === "cifar10" ? 3072 : 10;
}

function numClasses(data: Trial["data"]): number {
  if (data.kind === "blobs") return data.numClasses;
  return data.kind === "csv" || data.kind === "table" ? data.classes?.length ?? 10 : 10;
}
