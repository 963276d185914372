import { type MetricName, testName, USUAL_METRIC } from "../../core/facts/metric.ts";
import { canonicalJson, type Json } from "../../core/numbers/digest.ts";
import { columnNames, HISTORY_COLUMNS } from "../files/columns.ts";
import type { HistoryRow } from "../files/history_rows.ts";
import { type Results, trialRows } from "../files/parse_results.ts";
import { isTested, selectedMetric, spreadOfMetric, testSpreadOf } from "../summary/metric.ts";
import { placeKey, placeOf, pointKey } from "../summary/rank_points.ts";
import type { Summary, TrialResult, Winner } from "../summary/summary.ts";
import { hasResult } from "../summary/trial_status.ts";
import { type AccuracyDrop, accuracyDrops, type TrialPair } from "./accuracy_drops.ts";
import type {
  Comparison,
  FieldChange,
  Parting,
  SelectedChange,
  TrialComparison,
  Verdict,
  WinnerComparison,
} from "./comparison.ts";
import { compareEnsembles } from "./compare_ensembles.ts";
import { type Gate, resolveGate } from "./gate.ts";
import { isChanged, judgePoints } from "./judge_points.ts";
import { withCurves } from "./point_curves.ts";
import { specChanges } from "./spec_changes.ts";

/** Options of {@link compareResults}. */
export interface CompareOptions {
  readonly current: Results;
  /** What is accepted; it decides the verdicts. Default: that of an experiment that declares none. */
  readonly gate?: Gate;
  /** Compares only these trials of the current grid. Default: all, and those that are no longer in it. */
  readonly only?: ReadonlySet<string>;
  /** The experiment file. Default: none. */
  readonly file?: string;
}

/**
 * Compares results with a baseline, trial by trial.
 *
 * A trial is compared with the one of the same id, or else with the one at the same point and repeat. In the second
 * case its settings, its data or the arithmetic changed, and the accuracies show the effect.
 *
 * @throws {InputError} If a row of a history that must be parsed is damaged.
 */
export function compareResults(baseline: Results, options: CompareOptions): Comparison {
  const { current, only, file = null, gate = resolveGate({}, {}, current.summary.experiment) } = options;
  const partners = matchTrials(baseline.summary, current.summary);
  const matched = new Set([...partners.values()].map(({ trial }) => trial));
  const compared = current.summary.trials.filter(({ trial }) => only === undefined || only.has(trial));
  const pairs = compared.flatMap((after) => {
    const before = partners.get(after.trial);
    return before !== undefined && isComparable(before, after) ? [{ before, after }] : [];
  });
  const drops = gate.tolerance === "auto" ? judgedDrops(pairs, { gate, summary: current.summary }) : [];
  // Of a part of the trials, the winner is none.
  const isPart = only !== undefined && current.summary.counts.pending > 0;
  const together = isPart ? null : compareEnsembles(baseline, { current, gate });
  const { folds } = current.summary.experiment.data;
  const points = withCurves(judgePoints(pairs, { gate, drops, folds }), { pairs, baseline, current });
  const verdicts = new Map(points.map(({ point, verdict }) => [pointKey(point), verdict]));
  const trials = compared.map((trial) =>
    compareTrial(trial, { current, baseline, gate, verdicts, partner: partners.get(trial.trial) ?? null })
  );
  const obsolete = only === undefined
    ? baseline.summary.trials.filter(({ trial }) => !matched.has(trial)).map(gone)
    : [];
  return {
    experiment: current.summary.experiment.name,
    file,
    problem: null,
    changes: specChanges(baseline.summary, current.summary),
    gate,
    points,
    trials: [...trials, ...obsolete],
    winner: isPart ? null : compareWinners(baseline.summary, current.summary),
    ...together === null ? {} : { ensemble: together.ensemble },
    ...gate.tolerance === "auto" ? { drops: [...drops, ...together?.drops ?? []] } : {},
  };
}

interface Judged {
  readonly gate: Gate;
  readonly summary: Summary;
}

function judgedDrops(pairs: readonly TrialPair[], { gate, summary }: Judged): readonly AccuracyDrop[] {
  const { name } = selectedMetric(summary.experiment);
  return accuracyDrops(pairs, summary)
    .filter(({ split }) => gate.select.includes(split === "test" ? testName(name) : name));
}

/** Returns whether both trials have a result that can be compared: a trial that diverges on both sides has one. */
function isComparable(before: TrialResult, after: TrialResult): boolean {
  return hasResult(before.status) && hasResult(after.status) &&
    !(after.status === "diverged" && before.status === "done");
}

/**
 * Returns the baseline's trial for each current one that has one, by its id: that of the same id, else of the same point and
 * repeat.
 */
export function matchTrials(baseline: Summary, current: Summary): ReadonlyMap<string, TrialResult> {
  const byId = new Map(baseline.trials.map((result) => [result.trial, result]));
  const kept = new Set(current.trials.map(({ trial }) => trial));
  const byPlace = new Map(
    baseline.trials.filter(({ trial }) => !kept.has(trial)).map((result) => [placeKey(result), result]),
  );
  const partners = new Map<string, TrialResult>();
  for (const result of current.trials) {
    const partner = byId.get(result.trial) ?? (byPlace.size > 0 ? byPlace.get(placeKey(result)) : undefined);
    if (partner !== undefined) partners.set(result.trial, partner);
  }
  return partners;
}

function gone(baseline: TrialResult): TrialComparison {
  return { verdict: "obsolete", ...placeOf(baseline), baseline, current: null, parting: null };
}

interface TrialSides {
  readonly current: Results;
  readonly baseline: Results;
  readonly partner: TrialResult | null;
  readonly gate: Gate;
  /** Of the points at which an accuracy changed. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

function compareTrial(current: TrialResult, sides: TrialSides): TrialComparison {
  const { baseline, partner } = sides;
  const rows = sides.current.history.get(current.trial) ?? "";
  const baselineRows = partner === null ? "" : baseline.history.get(partner.trial) ?? "";
  const parting = partner === null || rows === baselineRows ? null : findParting(
    trialRows(baseline, partner.trial),
    trialRows(sides.current, current.trial),
  );
  const verdict = judge(current, { ...sides, parting });
  return { verdict, ...placeOf(current), baseline: partner, current, parting };
}

function judge(
  current: TrialResult,
  { partner, parting, gate, verdicts }: TrialSides & { readonly parting: Parting | null },
): Verdict {
  if (current.status === "pending") return "incomplete";
  if (current.status === "failed") return "failed";
  if (current.status === "diverged" && partner?.status === "done") return "diverged";
  if (partner === null || !hasResult(partner.status)) return "new";
  if (isChanged({ before: partner, after: current }, gate)) return verdicts.get(pointKey(current.point))!;
  return parting === null && isSame(partner, current) ? "same" : "bits";
}

function isSame(before: TrialResult, after: TrialResult): boolean {
  return before.trial === after.trial && before.status === after.status &&
    before.bestEpoch === after.bestEpoch && before.weightsSha256 === after.weightsSha256 &&
    before.bestValidationAccuracy === after.bestValidationAccuracy && before.reason === after.reason &&
    // Only a winner has a test accuracy: a change of the winner is reported separately.
    (!isTested(before) || !isTested(after) ||
      (before.testAccuracy === after.testAccuracy && isEqual(before.testMetrics, after.testMetrics))) &&
    isEqual(before.bestMetrics, after.bestMetrics);
}

function isEqual(before: object = {}, after: object = {}): boolean {
  return canonicalJson(before as Json) === canonicalJson(after as Json);
}

function findParting(before: readonly HistoryRow[], after: readonly HistoryRow[]): Parting | null {
  const epochs = Math.max(before.length, after.length);
  let parting: Parting | null = null;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const fields = changedFields(before[epoch], after[epoch]);
    if (fields.length === 0) continue;
    parting ??= { epoch, fields, weightsEpoch: null };
    if (fields.some(({ field }) => field === "weights_sha256")) return { ...parting, weightsEpoch: epoch };
  }
  return parting;
}

/** An epoch of a trial that differs. */
export interface EpochDifference {
  readonly epoch: number;
  readonly fields: readonly FieldChange[];
}

/** Returns every epoch of a trial that differs between two results. */
export function epochDifferences(
  { baseline, current }: TrialComparison,
  { before, after }: { readonly before: Results; readonly after: Results },
): readonly EpochDifference[] {
  const old = baseline === null ? [] : trialRows(before, baseline.trial);
  const now = current === null ? [] : trialRows(after, current.trial);
  return Array.from({ length: Math.max(old.length, now.length) }, (_, epoch) => {
    return { epoch, fields: changedFields(old[epoch], now[epoch]) };
  }).filter(({ fields }) => fields.length > 0);
}

function changedFields(
  before: HistoryRow | undefined,
  after: HistoryRow | undefined,
): readonly FieldChange[] {
  // A metric that one side does not measure is a change of what is declared.
  const further = [before ?? after!, after ?? before!].map((row) => Object.keys(row));
  const fields = [
    ...columnNames(HISTORY_COLUMNS),
    ...further[0].filter((name) => !Object.hasOwn(HISTORY_COLUMNS, name) && further[1].includes(name)),
  ];
  return fields.filter((field) => field !== "trial" && before?.[field] !== after?.[field])
    .map((field) => ({ field, before: before?.[field] ?? null, after: after?.[field] ?? null }));
}

function compareWinners(baseline: Summary, current: Summary): WinnerComparison | null {
  if (baseline.winner === null || current.winner === null) return null;
  const { name } = selectedMetric(current.experiment);
  const [before, after] = [baseline.winner, current.winner];
  const { ensemble } = after;
  return {
    point: current.winner.point,
    baselinePoint: baseline.winner.point,
    validationAccuracy: current.winner.validationAccuracy?.mean ?? null,
    baselineValidationAccuracy: baseline.winner.validationAccuracy?.mean ?? null,
    testAccuracy: current.winner.testAccuracy?.mean ?? null,
    baselineTestAccuracy: baseline.winner.testAccuracy?.mean ?? null,
    ...ensemble === undefined || ensemble.testAccuracy === null
      ? {}
      : { ensembleTestAccuracy: ensemble.testAccuracy },
    ...name === USUAL_METRIC ? {} : { selected: selectedChange(name, { before, after }) },
  };
}

function selectedChange(
  metric: MetricName,
  { before, after }: { readonly before: Winner; readonly after: Winner },
): SelectedChange {
  const validation = (winner: Winner) => spreadOfMetric(winner, metric)?.mean ?? null;
  const test = (winner: Winner) => testSpreadOf(winner, testName(metric))?.mean ?? null;
  return {
    metric,
    validation: { before: validation(before), after: validation(after) },
    test: { before: test(before), after: test(after) },
  };
}
