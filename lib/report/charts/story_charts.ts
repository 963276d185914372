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

/** The charts of a report by topic, each list in the order of the grid's axes unless it says otherwise. */
export interface StoryCharts {
  readonly curves: readonly Chart[];
  readonly effects: readonly Chart[];
  /** Many pairs are in the order of how much they matter. */
  readonly heatMaps: readonly Chart[];
  /** Empty if fewer than two axes have several values. */
  readonly parallel: readonly Chart[];
  /** Empty until the test split is evaluated, or if there are too many classes. */
  readonly confusion: readonly Chart[];
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
    confusion: inspection !== null && hasConfusion(inspection) ? [confusionChart(inspection)] : [],
  };
}

/** The limit of an inspection's matrix; matrices in older journals have no limit. */
const MOST_CLASSES = 100;

function hasConfusion({ confusion }: Inspection): boolean {
  return confusion.length > 0 && confusion.length <= MOST_CLASSES;
}

function present(charts: readonly (Chart | null)[]): readonly Chart[] {
  return charts.filter((chart) => chart !== null);
}
