import type { Inspection } from "../../experiment/trial/inspection.ts";
import { axisEffects } from "../evidence/axis_effects.ts";
import { variedAxesOf } from "../evidence/varied_axes.ts";
import type { Story } from "../story/story.ts";
import { epochMetrics } from "../summary/metric.ts";
import { variedAxes } from "./axis_scale.ts";
import { confusionChart } from "./confusion_chart.ts";
import { curveChart } from "./curve_chart.ts";
import type { Chart } from "./drawing/chart.ts";
import { effectChart } from "./effect_chart.ts";
import { heatMapCharts } from "./heat_map_chart.ts";
import { parallelChart } from "./parallel_chart.ts";
import { predictedChart } from "./targets/predicted_chart.ts";
import { residualChart } from "./targets/residual_chart.ts";

/** The charts of a report by topic, each list in the order of the grid's axes unless it says otherwise. */
export interface StoryCharts {
  readonly curves: readonly Chart[];
  readonly effects: readonly Chart[];
  /** Many pairs are in the order of how much they matter. */
  readonly heatMaps: readonly Chart[];
  /** Empty if fewer than two axes have several values. */
  readonly parallel: readonly Chart[];
  /**
   * Of the winner on the test split: the confusion matrix of classes, or numbers against what is predicted and its residuals.
   * Empty until it is evaluated, if there are too many classes or rows, and of several labels.
   */
  readonly tested: readonly Chart[];
}

/** Returns the charts of a report, without empty ones. */
export function storyCharts(story: Story): StoryCharts {
  const { summary, inspection } = story;
  const axes = variedAxes(summary.experiment.grid);
  const pairs = axes.flatMap((y, row) =>
    axes.slice(row + 1).map((x, offset) => ({ x, y, id: `heat_map_${row + 1}_${row + offset + 2}` }))
  );
  return {
    curves: present(epochMetrics(summary.experiment).map((metric) => curveChart(story, { metric }))),
    effects: variedAxesOf(summary).flatMap((axis, index) => {
      const effects = axisEffects(summary, axis);
      return effects === null ? [] : [effectChart(effects, { index })];
    }),
    heatMaps: heatMapCharts(summary, pairs),
    parallel: present([parallelChart(summary)]),
    tested: inspection === null ? [] : testedCharts(inspection),
  };
}

/** The most targets whose charts are shown. */
const MOST_TARGETS = 6;

function testedCharts(inspection: Inspection): readonly Chart[] {
  const { targets } = inspection;
  if (targets === undefined) return hasConfusion(inspection) ? [confusionChart(inspection)] : [];
  if (targets.kind === "labels") return [];
  const { names, predictions = [] } = targets;
  return predictions.slice(0, MOST_TARGETS).flatMap((own, index) => {
    const place = { name: names[index], number: index + 1 };
    return [predictedChart(own, place), residualChart(own, place)];
  });
}

/** The limit of an inspection's matrix; matrices in older journals have no limit. */
const MOST_CLASSES = 100;

function hasConfusion({ confusion }: Inspection): boolean {
  return confusion.length > 0 && confusion.length <= MOST_CLASSES;
}

function present(charts: readonly (Chart | null)[]): readonly Chart[] {
  return charts.filter((chart) => chart !== null);
}
