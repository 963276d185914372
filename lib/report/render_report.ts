import { drawCharts } from "./charts/draw_charts.ts";
import { storyCharts } from "./charts/story_charts.ts";
import { type FigureFiles, figureFiles } from "./figure_files.ts";
import { reportHtml } from "./page/report_html.ts";
import { reportMarkdown } from "./report_markdown.ts";
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
  const charts = storyCharts(story);
  const drawn = await drawCharts(charts);
  return {
    html: reportHtml(story, { charts: drawn }),
    markdown: reportMarkdown(story, { charts }),
    figures: figureFiles(story, { charts: drawn }),
  };
}
