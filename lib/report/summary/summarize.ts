import type { Warning } from "../../core/check/warning.ts";
import { orderedValues, type TestMetricValues } from "../../core/facts/metric.ts";
import { canonicalJson, type Json } from "../../core/numbers/digest.ts";
import { NUMERICS_VERSION } from "../../core/facts/numerics_version.ts";
import type { ExperimentFacts } from "../../experiment/declaration/experiment.ts";
import type { Grid } from "../../experiment/declaration/grid.ts";
import type { TestMeasurements } from "../../experiment/evaluation/evaluate_trial.ts";
import type { DatasetFacts } from "../../experiment/trial/dataset_facts.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { EpochEvent, TrialEvent } from "../../experiment/trial/trial_event.ts";
import { experimentDigest } from "./experiment_digest.ts";
import { netWarnings } from "./net_warnings.ts";
import { isTested, selectedMetric, spreadOfMetric } from "./metric.ts";
import { leadingPoint, placeOf, pointResults, trialsByPoint } from "./rank_points.ts";
import { spreadOf, testSpreads } from "./spread.ts";
import type { Counts, EnsembleResult, PointResult, Status, Summary, TrialResult, Winner } from "./summary.ts";

/** The fields of a trial that a summary needs; the dashboard may not know model and solver. */
export type SummedTrial =
  & Pick<Trial, "id" | "point" | "repeat" | "fold">
  & Partial<Pick<Trial, "data" | "model" | "solver">>;

/** The fields of a grid that a summary needs. */
export interface SummedGrid extends Pick<Grid, "duplicates">, Partial<Pick<Grid, "skipped">> {
  readonly trials: readonly SummedTrial[];
}

/** The results that a summary is made of. */
export interface Findings {
  readonly grid: SummedGrid;
  readonly dataDigest: string;
  /** The results of the grid's trials, in its order; test accuracies in them are ignored. */
  readonly results: readonly TrialResult[];
  /** Test accuracies by trial, fractions, null of numbers; with folds by the trials of fold 0. */
  readonly testAccuracies: ReadonlyMap<string, number | null>;
  /** The further metrics on the test split by trial. Default: none. */
  readonly testMetrics?: ReadonlyMap<string, TestMetricValues>;
  /** Returns the measurements of trials together on the test split. Default: none are known. */
  readonly ensembleOf?: (trials: readonly string[]) => TestMeasurements | null;
  /** See {@link Summary}. Default: none. */
  readonly overrides?: readonly string[];
  /** Warnings about the data. Default: none. */
  readonly warnings?: readonly Warning[];
  /** What is known of tables. Default: there are none. */
  readonly datasets?: readonly DatasetFacts[];
}

/**
 * Summarizes an experiment; it is a pure function, so that the same journal always gives the same report.
 *
 * The winner is the point with the best mean validation accuracy, or selected metric, among those whose trials are all
 * done; the first in grid order wins a tie. Its test accuracy is included once no trial is pending.
 */
export function summarize(experiment: ExperimentFacts, findings: Findings): Summary {
  const { grid, dataDigest, testAccuracies, testMetrics = new Map(), overrides = [] } = findings;
  const { ensembleOf = () => null } = findings;
  const warnings = [...netWarnings(grid.trials), ...findings.warnings ?? []];
  const results = new Map(
    findings.results.map((
      { testMetrics: _, ...result },
    ) => [result.trial, { ...result, testAccuracy: null }]),
  );
  const { skipped = [] } = grid;
  const axisCount = Object.keys(experiment.grid).length;
  const isPartial = [...grid.trials, ...skipped].some(({ point }) => Object.keys(point).length < axisCount);
  const groups = trialsByPoint(grid);
  const points = pointResults(groups, {
    results,
    metrics: experiment.metrics ?? [],
    folds: experiment.data.folds,
  });
  const counts = countTrials([...results.values()], {
    points: points.length,
    hasSearch: experiment.search !== undefined,
  });
  const winner = findWinner(points, {
    groups,
    experiment,
    testAccuracies: counts.pending === 0 ? testAccuracies : new Map(),
    testMetrics,
    ensembleOf,
  });
  const tested = new Set(
    winner !== null && isTested(winner) ? winner.trials.filter((id) => testAccuracies.has(id)) : [],
  );
  const { name, question, conclusion, metrics, select } = experiment;
  const { seed, repeats, ensemble, data, datasets, search, grid: axes } = experiment;
  const text = conclusion === undefined ? {} : { conclusion };
  const measured = { ...metrics === undefined ? {} : { metrics }, ...select === undefined ? {} : { select } };
  const newer = {
    ...datasets === undefined ? {} : { datasets },
    ...search === undefined ? {} : { search },
    ...ensemble === undefined ? {} : { ensemble },
  };
  const newerFields = Object.keys({ ...newer, ...measured }).length;
  const isFirst = warnings.length + skipped.length + newerFields === 0 && !isPartial &&
    data.folds === undefined && findings.datasets === undefined;
  return {
    format: isFirst ? 1 : 2,
    experiment: { name, question, ...text, seed, repeats, data, ...newer, grid: axes, ...measured },
    experimentDigest: experimentDigest(experiment, { grid }),
    dataDigest,
    numericsVersion: NUMERICS_VERSION,
    overrides,
    counts,
    winner,
    points,
    trials: [...results.values()].map((result) =>
      tested.has(result.trial)
        ? withTest(result, {
          testAccuracy: testAccuracies.get(result.trial) ?? undefined,
          metrics: testMetrics.get(result.trial),
        })
        : result
    ),
    duplicates: grid.duplicates,
    ...skipped.length === 0 ? {} : { skipped },
    ...warnings.length === 0 ? {} : { warnings: warnings.map(inOrder) },
    ...findings.datasets === undefined ? {} : { datasets: findings.datasets.map(sorted) },
  };
}

function withTest(result: TrialResult, measured: TestMeasurements): TrialResult {
  return { ...result, ...testResult(measured) };
}

/** Restores the order of fields: a journal sorts them by name. */
function inOrder({ code, where, message }: Warning): Warning {
  return { code, where, message };
}

/** Sorts the fields of all that was learned by their names, as a journal does. */
function sorted(facts: DatasetFacts): DatasetFacts {
  return JSON.parse(canonicalJson(facts as unknown as Json));
}

/** Returns measurements on the test split, by trial, as a summary takes them. */
export function testFindings(
  tests: ReadonlyMap<string, TestMeasurements>,
): Pick<Findings, "testAccuracies" | "testMetrics"> {
  return {
    testAccuracies: new Map([...tests].map(([trial, { testAccuracy }]) => [trial, testAccuracy ?? null])),
    testMetrics: new Map(
      [...tests].flatMap(([trial, { metrics }]) => metrics === undefined ? [] : [[trial, metrics]]),
    ),
  };
}

/** Returns the result of a trial from its events, in any order; it is pending while it has no end. */
export function trialResult(trial: SummedTrial, events: readonly TrialEvent[]): TrialResult {
  const end = events.find((event) => event.type !== "epoch") ?? null;
  return endedResult(trial, { end, last: end === null ? null : lastEpoch(events) });
}

/** The end of a trial. */
export interface TrialEnd {
  /** Null while it is pending. */
  readonly end: Exclude<TrialEvent, EpochEvent> | null;
  /** The last epoch that counts. Default: none. */
  readonly last: Pick<EpochEvent, "trainAccuracy" | "trainRmse" | "loss"> | null;
}

/** Returns the result of a trial from its end and its last epoch. */
export function endedResult({ id, ...place }: SummedTrial, { end, last }: TrialEnd): TrialResult {
  const done = end?.type === "done" || end?.type === "stopped" ? end : null;
  return {
    trial: id,
    ...placeOf(place),
    status: end?.type ?? "pending",
    bestEpoch: done?.bestEpoch ?? null,
    bestValidationAccuracy: done?.bestValidationAccuracy ?? null,
    trainAccuracy: last?.trainAccuracy ?? null,
    ...last?.trainRmse === undefined ? {} : { trainRmse: last.trainRmse },
    loss: last?.loss ?? null,
    testAccuracy: null,
    weightsSha256: done?.weightsSha256 ?? null,
    reason: end?.type === "failed" || end?.type === "diverged" ? end.reason : null,
    ...end?.type === "stopped" ? { stoppedAfter: end.epoch } : {},
    ...done?.bestMetrics === undefined ? {} : { bestMetrics: orderedValues(done.bestMetrics) },
  };
}

function lastEpoch(events: readonly TrialEvent[]): EpochEvent | null {
  let last: EpochEvent | null = null;
  for (const event of events) {
    if (event.type === "epoch" && (last === null || event.epoch > last.epoch)) last = event;
  }
  return last;
}

interface Counted {
  readonly points: number;
  readonly hasSearch: boolean;
}

function countTrials(results: readonly TrialResult[], { points, hasSearch }: Counted): Counts {
  const count = (status: Status) => results.filter((result) => result.status === status).length;
  return {
    points,
    trials: results.length,
    done: count("done"),
    diverged: count("diverged"),
    failed: count("failed"),
    pending: count("pending"),
    ...hasSearch ? { stopped: count("stopped") } : {},
  };
}

interface Race {
  readonly groups: readonly (readonly SummedTrial[])[];
  readonly experiment: ExperimentFacts;
  readonly testAccuracies: Findings["testAccuracies"];
  readonly testMetrics: ReadonlyMap<string, TestMetricValues>;
  readonly ensembleOf: (trials: readonly string[]) => TestMeasurements | null;
}

function findWinner(points: readonly PointResult[], race: Race): Winner | null {
  const best = leadingPoint(points, race.experiment);
  if (best === null || spreadOfMetric(best, selectedMetric(race.experiment).name) === null) return null;
  const { point, validationAccuracy, metrics } = best;
  const group = race.groups[points.indexOf(best)];
  const trials = group.map(({ id }) => id);
  const tests = group.filter(({ fold = 0 }) => fold === 0).map(({ id }) => id);
  const tested = tests.map((id) => race.testAccuracies.get(id)).filter((value) => value !== undefined);
  const accuracies = tested.filter((value) => value !== null);
  const isMeasured = tested.length === tests.length;
  const together = isMeasured && race.experiment.ensemble !== undefined ? race.ensembleOf(trials) : null;
  return {
    point,
    trials,
    model: group[0].model,
    solver: group[0].solver,
    ...race.experiment.datasets !== undefined ? { data: group[0].data } : {},
    validationAccuracy,
    testAccuracy: accuracies.length === tests.length ? spreadOf(accuracies) : null,
    ...metrics === undefined ? {} : { metrics },
    ...isMeasured ? testSpreads(tests.map((trial) => race.testMetrics.get(trial)), race.experiment) : {},
    ...together === null ? {} : { ensemble: testResult(together) },
  };
}

/** Returns measurements on the test split as a summary has them. */
function testResult({ testAccuracy, metrics }: TestMeasurements): EnsembleResult {
  return {
    testAccuracy: testAccuracy ?? null,
    ...metrics === undefined ? {} : { testMetrics: orderedValues(metrics) },
  };
}
