import { drawCharts } from "./charts/draw_charts.ts";
import { storyCharts } from "./charts/story_charts.ts";
import { evidenceOf } from "./evidence/evidence.ts";
import { type FigureFiles, figureFiles } from "./markdown/figure_files.ts";
import { reportHtml } from "./page/report_html.ts";
import { reportMarkdown } from "./markdown/report_markdown.ts";
import type { Story } from "./story/story.ts";

/** The files of a report. */
export interface RenderedReport {
  /** `report.html`. */
  readonly html: string;
  /** `report.md`. */
  readonly markdown: string;
  /** The pictures next to it. */
  readonly figures: FigureFiles;
}

/** Renders a report; it is a pure function, so that the same journal always gives the same bytes. */
export async function renderReport(story: Story): Promise<RenderedReport> {
  const { summary, inspection } = story;
  const evidence = evidenceOf(summary, { inspection });
  const charts = storyCharts(story);
  const drawn = await drawCharts(charts);
  return {
    html: reportHtml(story, { charts: drawn, evidence }),
    markdown: reportMarkdown(story, { charts, evidence }),
    figures: figureFiles(story, { charts: drawn }),
  };
}
