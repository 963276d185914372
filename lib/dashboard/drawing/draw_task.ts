import { drawAll, drawCharts } from "../../report/charts/draw_charts.ts";
import type { Chart } from "../../report/charts/drawing/chart.ts";
import { storyCharts } from "../../report/charts/story_charts.ts";
import { evidenceOf } from "../../report/evidence/evidence.ts";
import type { SelectionOptimism } from "../../report/evidence/selection_optimism.ts";
import { chartFigure } from "../../report/page/chart_figure.ts";
import { lossesSection } from "../../report/page/closing_sections.ts";
import { html } from "../../report/page/html.ts";
import { inspectionSection } from "../../report/page/inspection_section.ts";
import { pageData } from "../../report/page/page_data.ts";
import { pointsSection } from "../../report/page/points_section.ts";
import { chartSections } from "../../report/page/report_html.ts";
import { sharesSection } from "../../report/page/shares_section.ts";
import type { Fragments } from "../http/fragments.ts";
import { type PackedStory, unpackStory } from "./packed_story.ts";

/** Something to draw, as plain data: the charts of an experiment's page, or single ones. */
export type DrawTask =
  | {
    readonly type: "story";
    readonly story: PackedStory;
    /** Of all trials: a filter may have left some out of the story. Null without an inspection. */
    readonly optimism: SelectionOptimism | null;
  }
  | { readonly type: "charts"; readonly charts: readonly Chart[] };

/**
 * Draws a task, which takes seconds for a large grid.
 *
 * @returns `ranking`, `charts` and `rest` of an experiment's page, or the figures of single charts as `charts`.
 */
export async function drawTask(task: DrawTask): Promise<Fragments> {
  if (task.type === "charts") {
    return { charts: html`${(await drawAll(task.charts)).map(chartFigure)}` };
  }
  const story = unpackStory(task.story);
  const { summary, inspection } = story;
  const evidence = { ...evidenceOf(summary, { inspection }), optimism: task.optimism };
  const charts = await drawCharts(storyCharts(story));
  return {
    ranking: html`${pointsSection(summary, evidence)}`,
    charts: html`${sharesSection(evidence.shares, story.summary.experiment)}${chartSections(charts)}${
      pageData(story)
    }`,
    rest: html`${lossesSection(summary)}${inspectionSection(story, { charts, evidence })}`,
  };
}
