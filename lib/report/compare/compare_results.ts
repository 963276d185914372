import { columnNames, HISTORY_COLUMNS } from "../files/columns.ts";
import { type HistoryRow, parseHistoryRows } from "../files/history_rows.ts";
import type { Results } from "../files/parse_results.ts";
import { placeKey, pointKey } from "../summary/rank_points.ts";
import type { Summary, TrialResult } from "../summary/summary.ts";
import { type AccuracyDrop, accuracyDrops } from "./accuracy_drops.ts";
import type {
  Comparison,
  FieldChange,
  Parting,
  TrialComparison,
  Verdict,
  WinnerComparison,
} from "./comparison.ts";
import { specChanges } from "./spec_changes.ts";

/** Options of {@link compareResults}. */
export interface CompareOptions {
  readonly current: Results;
  /**
   * Accepted loss of an accuracy, a fraction; with "auto", what chance may do by {@link accuracyDrops}. Default: 0.
   */
  readonly tolerance?: number | "auto";
  /** Accepted gain of an accuracy, a fraction. Default: 0.05. */
  readonly suspicious?: number;
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
  const { current, only, file = null } = options;
  const partners = matchTrials(baseline.summary, current.summary);
  const matched = new Set([...partners.values()].map(({ trial }) => trial));
  const compared = current.summary.trials.filter(({ trial }) => only === undefined || only.has(trial));
  const drops = options.tolerance === "auto" ? dropsOf(compared, { partners, summary: current.summary }) : [];
  const lost = lossesOf(drops);
  const trials = compared.map((trial) =>
    compareTrial(trial, { ...options, baseline, partner: partners.get(trial.trial) ?? null, lost })
  );
  const obsolete = only === undefined
    ? baseline.summary.trials.filter(({ trial }) => !matched.has(trial)).map(gone)
    : [];
  return {
    experiment: current.summary.experiment.name,
    file,
    problem: null,
    changes: specChanges(baseline.summary, current.summary),
    trials: [...trials, ...obsolete],
    winner: compareWinners(baseline.summary, current.summary),
    ...options.tolerance === "auto" ? { drops } : {},
  };
}

interface Matched {
  readonly partners: ReadonlyMap<string, TrialResult>;
  readonly summary: Summary;
}

function dropsOf(trials: readonly TrialResult[], { partners, summary }: Matched): readonly AccuracyDrop[] {
  const pairs = trials.flatMap((after) => {
    const before = partners.get(after.trial);
    return before === undefined ? [] : [{ before, after }];
  });
  return accuracyDrops(pairs, summary.experiment);
}

/** The points that lost accuracy beyond chance, by split. */
type Losses = Readonly<Record<AccuracyDrop["split"], ReadonlySet<string>>>;

function lossesOf(drops: readonly AccuracyDrop[]): Losses {
  const of = (wanted: AccuracyDrop["split"]) =>
    new Set(
      drops.filter(({ split, isMore }) => isMore && split === wanted).map(({ point }) => pointKey(point)),
    );
  return { validation: of("validation"), test: of("test") };
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
  const { point, repeat } = baseline;
  return { verdict: "obsolete", point, repeat, baseline, current: null, parting: null };
}

interface TrialSides extends CompareOptions {
  readonly baseline: Results;
  readonly partner: TrialResult | null;
  readonly lost: Losses;
}

function compareTrial(current: TrialResult, sides: TrialSides): TrialComparison {
  const { baseline, partner } = sides;
  const { point, repeat } = current;
  const rows = sides.current.history.get(current.trial) ?? "";
  const baselineRows = partner === null ? "" : baseline.history.get(partner.trial) ?? "";
  const parting = partner === null || rows === baselineRows ? null : findParting(
    parseHistoryRows(baselineRows, { path: `${baseline.folder}/history.csv` }),
    parseHistoryRows(rows, { path: `${sides.current.folder}/history.csv` }),
  );
  const verdict = judge(current, { ...sides, parting });
  return { verdict, point, repeat, baseline: partner, current, parting };
}

function judge(
  current: TrialResult,
  { partner, parting, tolerance = 0, suspicious = 0.05, lost }: TrialSides & {
    readonly parting: Parting | null;
  },
): Verdict {
  if (current.status === "pending") return "incomplete";
  if (current.status === "failed") return "failed";
  if (current.status === "diverged" && partner?.status === "done") return "diverged";
  if (partner === null || partner.status === "pending" || partner.status === "failed") return "missing";
  const validation = gain(partner.bestValidationAccuracy, current.bestValidationAccuracy);
  const test = gain(partner.testAccuracy, current.testAccuracy);
  const gains = [validation, test];
  const key = pointKey(current.point);
  const isWorse = tolerance === "auto"
    ? (validation < 0 && lost.validation.has(key)) || (test < 0 && lost.test.has(key))
    : gains.some((value) => value < -tolerance - ROUNDING);
  if (isWorse) return "regression";
  if (gains.some((value) => value > suspicious + ROUNDING)) return "suspicious";
  return parting === null && isSame(partner, current) ? "same" : "bits";
}

// Above the rounding error of a difference of fractions, and below the difference of one row in a billion.
const ROUNDING = 1e-12;

function gain(before: number | null, after: number | null): number {
  return before === null || after === null ? 0 : after - before;
}

function isSame(before: TrialResult, after: TrialResult): boolean {
  return before.trial === after.trial && before.status === after.status &&
    before.bestEpoch === after.bestEpoch && before.weightsSha256 === after.weightsSha256 &&
    before.bestValidationAccuracy === after.bestValidationAccuracy && before.reason === after.reason &&
    // Only a winner has a test accuracy: a change of the winner is reported separately.
    (before.testAccuracy === null || after.testAccuracy === null ||
      before.testAccuracy === after.testAccuracy);
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
  const rowsOf = ({ history, folder }: Results, trial = "") =>
    parseHistoryRows(history.get(trial) ?? "", { path: `${folder}/history.csv` });
  const [old, now] = [rowsOf(before, baseline?.trial), rowsOf(after, current?.trial)];
  return Array.from({ length: Math.max(old.length, now.length) }, (_, epoch) => {
    return { epoch, fields: changedFields(old[epoch], now[epoch]) };
  }).filter(({ fields }) => fields.length > 0);
}

function changedFields(
  before: HistoryRow | undefined,
  after: HistoryRow | undefined,
): readonly FieldChange[] {
  return columnNames(HISTORY_COLUMNS).filter((field) =>
    field !== "trial" && before?.[field] !== after?.[field]
  )
    .map((field) => ({ field, before: before?.[field] ?? null, after: after?.[field] ?? null }));
}

function compareWinners(baseline: Summary, current: Summary): WinnerComparison | null {
  if (baseline.winner === null || current.winner === null) return null;
  return {
    point: current.winner.point,
    baselinePoint: baseline.winner.point,
    validationAccuracy: current.winner.validationAccuracy.mean,
    baselineValidationAccuracy: baseline.winner.validationAccuracy.mean,
    testAccuracy: current.winner.testAccuracy?.mean ?? null,
    baselineTestAccuracy: baseline.winner.testAccuracy?.mean ?? null,
  };
}
