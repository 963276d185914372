import type { MetricValues, TestMetricValues } from "../../lib/core/facts/metric.ts";
import type { Experiment } from "../../lib/experiment/declaration/experiment.ts";
import type { Grid } from "../../lib/experiment/declaration/grid.ts";
import type { TargetInspection, TargetPredictions } from "../../lib/experiment/trial/inspection.ts";
import type { TrialEvent } from "../../lib/experiment/trial/trial_event.ts";
import { historyCsv } from "../../lib/report/files/history_csv.ts";
import { parseResults, type Results } from "../../lib/report/files/parse_results.ts";
import { stableJson } from "../../lib/report/files/stable_json.ts";
import { trialsCsv } from "../../lib/report/files/trials_csv.ts";
import { curvesOfEvents } from "../../lib/report/story/curve.ts";
import type { Story } from "../../lib/report/story/story.ts";
import type { Summary } from "../../lib/report/summary/summary.ts";
import { fakeExperiment, fakeGrid } from "./fakes.ts";
import { summarizeEvents } from "./summarize_events.ts";

const MEASURED = {
  metrics: ["validationRmse", "validationMae", "validationR2"],
  select: "validationRmse",
} as const;

/** What a grid of numbers came to. */
export interface NumberResults {
  readonly experiment: Experiment;
  readonly grid: Grid;
  readonly events: readonly TrialEvent[];
  readonly summary: Summary;
}

/** Returns what is measured of numbers with an RMSE. */
export function measuredAt(rmse: number): MetricValues {
  return { validationMae: rmse / 2, validationR2: 1 - rmse, validationRmse: rmse };
}

/** Returns the results of trials by their rates, each with the RMSE of its one epoch; some were tested. */
export function numberResults(
  errors: Readonly<Record<string, number>>,
  { isTested = true }: { readonly isTested?: boolean } = {},
): NumberResults {
  const data = { kind: "table", file: "t.csv", target: ["mpg"], seed: 0 } as const;
  const experiment = fakeExperiment({ data, grid: { rate: Object.keys(errors).map(Number) }, ...MEASURED });
  const plain = fakeGrid(experiment);
  const grid = {
    ...plain,
    trials: plain.trials.map((trial) => ({ ...trial, solver: { ...trial.solver, ...MEASURED } })),
  };
  const events = Object.entries(errors).flatMap(([rate, rmse]): readonly TrialEvent[] => {
    const trial = `${rate}-0`;
    const epoch = { type: "epoch", trial, learningRate: 0.5, weightsSha256: `sha-${trial}` } as const;
    return [
      { ...epoch, epoch: 0, loss: null, trainRmse: 40, metrics: measuredAt(50) },
      { ...epoch, epoch: 1, loss: 0.5, trainRmse: rmse / 4, metrics: measuredAt(rmse) },
      { type: "done", trial, bestEpoch: 1, bestMetrics: measuredAt(rmse), weightsSha256: `sha-${trial}` },
    ];
  });
  const findings = { grid, dataDigest: "d", events };
  const { winner } = summarizeEvents(experiment, { ...findings, testAccuracies: new Map() });
  const tested = isTested ? winner?.trials ?? [] : [];
  const measured: TestMetricValues = { testRmse: 6.5, testMae: 4, testR2: -0.25 };
  const summary = summarizeEvents(experiment, {
    ...findings,
    testAccuracies: new Map(tested.map((trial) => [trial, null])),
    testMetrics: new Map(tested.map((trial) => [trial, measured])),
  });
  return { experiment, grid, events, summary };
}

/** Returns such results as they are read back from their files. */
export function readBack({ grid, events, summary }: NumberResults): Results {
  const texts = {
    summary: stableJson(summary),
    trials: trialsCsv(summary),
    history: historyCsv(grid, { events }),
  };
  return parseResults(texts, { folder: "results/fake" });
}

/** Returns an inspection of numbers. */
export function numberInspection(
  names: readonly string[],
  predictions: readonly TargetPredictions[],
): NonNullable<Story["inspection"]> {
  const targets: TargetInspection = {
    ...{ kind: "numbers", names, predictions },
    measures: names.map(() => ({ rmse: 6.5, mae: 4, r2: -0.25 })),
  };
  return { trial: "0.1-0", classNames: [], image: null, confusion: [], mistakes: [], filters: [], targets };
}

/** Returns the story of such results. */
export function numberStory(
  { events, summary }: NumberResults,
  inspection: Story["inspection"],
): Story {
  return { summary, curves: curvesOfEvents(events), inspection };
}
