import type { TrialEvent } from "../../../lib/experiment/trial/trial_event.ts";
import type { Finding } from "../../../lib/report/gate/finding.ts";
import { historyCsv } from "../../../lib/report/files/history_csv.ts";
import type { Summary } from "../../../lib/report/summary/summary.ts";
import { parseResults, type Results } from "../../../lib/report/files/parse_results.ts";
import { stableJson } from "../../../lib/report/files/stable_json.ts";
import { trialsCsv } from "../../../lib/report/files/trials_csv.ts";
import { gridSummary, type PointValues } from "../evidence/grid_summary.ts";
import { doneEvents, fakeExperiment, fakeGrid } from "../fakes.ts";
import { summarizeEvents } from "../summarize_events.ts";

/** Returns results over the axis `rate` as they are read back from their files. */
export function resultsOf(
  accuracies: Readonly<Record<string, number>>,
  more: readonly TrialEvent[] = [],
): Results {
  const rates = [
    ...new Set([...Object.keys(accuracies), ...more.map(({ trial }) => `${trial.slice(0, -2)}`)]),
  ];
  const experiment = fakeExperiment({ grid: { rate: rates.map(Number) } });
  const grid = fakeGrid(experiment);
  const events = [
    ...Object.entries(accuracies).flatMap(([rate, accuracy]) => doneEvents(`${rate}-0`, accuracy)),
    ...more,
  ];
  const summary = summarizeEvents(experiment, { grid, dataDigest: "d", events, testAccuracies: new Map() });
  return parseResults(
    { summary: stableJson(summary), trials: trialsCsv(summary), history: historyCsv(grid, { events }) },
    { folder: "results/fake" },
  );
}

/** Returns results of whole points: the axes and the accuracies of the repeats of each. */
export function gridResults(
  rows: readonly PointValues[],
  more: Partial<Summary["experiment"]> = {},
): Results {
  return { summary: gridSummary(rows, more), history: new Map(), predictions: null, folder: "results/fake" };
}

/** A finding whose every field has something to escape. */
export const FINDING: Finding = {
  experiment: "fake",
  file: "experiments/a,b.ts",
  trial: 'rate="<1>"',
  point: null,
  verdict: "regression",
  severity: "error",
  title: "Accuracy regression",
  message: "50.00 %\nworse & \u0000worse",
};
