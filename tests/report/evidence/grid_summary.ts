import type { Experiment } from "../../../lib/experiment/declaration/experiment.ts";
import type { Point, Trial } from "../../../lib/experiment/trial/trial.ts";
import { summarize, trialResult } from "../../../lib/report/summary/summarize.ts";
import type { Summary } from "../../../lib/report/summary/summary.ts";
import { doneEvents, fakeExperiment, fakeGrid } from "../fakes.ts";

/** A point, and its validation accuracy at each repeat; null for a trial that diverged. */
export type PointValues = readonly [point: Point, values: readonly (number | null)[]];

/** Returns the summary of a grid whose points have given accuracies. */
export function gridSummary(
  rows: readonly PointValues[],
  fields: Partial<Experiment> = {},
): Summary {
  const axes = Object.keys(rows[0][0]);
  const grid = Object.fromEntries(
    axes.map((axis) => [axis, [...new Set(rows.map(([point]) => point[axis]))]]),
  );
  const experiment = fakeExperiment({ repeats: rows[0][1].length, grid, ...fields });
  const [{ model, solver, data }] = fakeGrid(fakeExperiment()).trials;
  const trials = rows.flatMap(([point, values], place) =>
    values.map((value, repeat) => {
      const trial: Trial = { id: `${place}-${repeat}`, point, repeat, seed: 1, data, model, solver };
      return { trial, value };
    })
  );
  return summarize(experiment, {
    grid: { trials: trials.map(({ trial }) => trial), duplicates: [] },
    dataDigest: "d",
    results: trials.map(({ trial, value }) =>
      trialResult(
        trial,
        value === null
          ? [{ type: "diverged", trial: trial.id, epoch: 1, reason: "loss is NaN" }]
          : doneEvents(trial.id, value),
      )
    ),
    testAccuracies: new Map(),
  });
}

/** The validation accuracies of `results/iris_csv` in version 0.1, of 30 rows. */
export const IRIS: readonly PointValues[] = Object.entries({
  2: [29, 29, 23, 27, 27],
  4: [29, 26, 27, 28, 29],
  8: [28, 28, 27, 28, 29],
  16: [27, 27, 28, 27, 28],
}).map(([hidden, rows]) => [{ hidden: Number(hidden) }, rows.map((row) => row / 30)]);
