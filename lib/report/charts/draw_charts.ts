import type { Chart } from "./drawing/chart.ts";
import { renderChart } from "./drawing/render_chart.ts";
import type { StoryCharts } from "./story_charts.ts";

/** A chart with its picture. */
export interface DrawnChart extends Chart {
  /** An SVG document. */
  readonly svg: string;
}

/** The charts of a report with their pictures. */
export type DrawnCharts = { readonly [K in keyof StoryCharts]: readonly DrawnChart[] };

/** Draws the charts of a report, one after the other. */
export async function drawCharts(charts: StoryCharts): Promise<DrawnCharts> {
  const drawn: [string, readonly DrawnChart[]][] = [];
  for (const [group, list] of Object.entries(charts)) drawn.push([group, await drawAll(list)]);
  return Object.fromEntries(drawn) as unknown as DrawnCharts;
}

/** Draws charts one after the other. */
export async function drawAll(charts: readonly Chart[]): Promise<readonly DrawnChart[]> {
  const drawn: DrawnChart[] = [];
  for (const chart of charts) drawn.push({ ...chart, svg: await renderChart(chart) });
  return drawn;
}
