import type { Inspection } from "../../experiment/trial/inspection.ts";
import type { Story } from "../story/story.ts";
import { variedAxes } from "./axis_scale.ts";
import { confusionChart } from "./confusion_chart.ts";
import { curveChart } from "./curve_chart.ts";
import type { Chart } from "./drawing/chart.ts";
import { effectChart } from "./effect_chart.ts";
import { heatMapChart } from "./heat_map_chart.ts";
import { parallelChart } from "./parallel_chart.ts";

/** The charts of a report by what they are about, each list in the order of the grid's axes. */
export interface StoryCharts {
  readonly curves: readonly Chart[];
  readonly effects: readonly Chart[];
  readonly heatMaps: readonly Chart[];
  /** None if the grid has fewer than two axes with a choice. */
  readonly parallel: readonly Chart[];
  /** None until the test split is opened, or if there are too many classes for it. */
  readonly confusion: readonly Chart[];
}

/** Returns the charts of a report; those that would show nothing are left out. */
export function storyCharts(story: Story): StoryCharts {
  const { summary, inspection } = story;
  const axes = variedAxes(summary.experiment.grid);
  const pairs = axes.flatMap((y, row) =>
    axes.slice(row + 1).map((x, offset) => ({ x, y, id: `heat_map_${row + 1}_${row + offset + 2}` }))
  );
  return {
    curves: present([
      curveChart(story, { measure: "validationAccuracy" }),
      curveChart(story, { measure: "loss" }),
    ]),
    effects: present(axes.map(([axis, values], index) => effectChart(summary, { axis, values, index }))),
    heatMaps: present(pairs.map((pair) => heatMapChart(summary, pair))),
    parallel: present([parallelChart(summary)]),
    confusion: inspection !== null && hasConfusion(inspection) ? [confusionChart(inspection)] : [],
  };
}

/** As many as an inspection has a matrix of today; an older journal has one of however many classes. */
const MOST_CLASSES = 100;

function hasConfusion({ confusion }: Inspection): boolean {
  return confusion.length > 0 && confusion.length <= MOST_CLASSES;
}

function present(charts: readonly (Chart | null)[]): readonly Chart[] {
  return charts.filter((chart) => chart !== null);
}
