import { messageOf } from "../../core/check/message_of.ts";
import type { DrawnCharts } from "../../report/charts/draw_charts.ts";
import { compareWithWinner } from "../../report/evidence/compare_points.ts";
import { evidenceOf } from "../../report/evidence/evidence.ts";
import { leadText } from "../../report/evidence/lead_text.ts";
import { answerSection } from "../../report/page/answer_section.ts";
import { lossesSection, warningsSection } from "../../report/page/closing_sections.ts";
import { html } from "../../report/page/html.ts";
import { inspectionSection } from "../../report/page/inspection_section.ts";
import { pageData } from "../../report/page/page_data.ts";
import { chartSections, countsLine } from "../../report/page/report_html.ts";
import { MOST_ROWS, type TrialFilter, trialsTable } from "../../report/page/trials_table.ts";
import type { Story } from "../../report/story/story.ts";
import type { Fragments } from "../http/fragments.ts";
import type { WatchedExperiment } from "../watch/watched_experiment.ts";
import { filterStory } from "./filter_story.ts";
import { problemList } from "./problem_list.ts";
import { progressPanel } from "./progress_panel.ts";

/** Options of a view of an experiment. */
export interface ViewOptions {
  readonly filter: TrialFilter;
  readonly nowMs: number;
}

/** Returns the cheap fragments: the run's progress, the leading point, and the table of trials. */
export function quickFragments(watched: WatchedExperiment, { filter, nowMs }: ViewOptions): Fragments {
  const story = watched.story();
  const progress = html`${problemList(watched)}${progressPanel(watched, { nowMs })}`;
  if (story === null) return { progress };
  const filtered = filterStory(story, filter);
  const count = filtered.summary.trials.length;
  const running = new Set([...watched.progress?.workers.values() ?? []].map(({ trial }) => trial));
  const lead = leadText(story.summary, compareWithWinner(story.summary));
  return {
    progress,
    story: html`${countsLine(story)}${warningsSection(story.summary)}${
      answerSection(story.summary, { lead })
    }`,
    table: html`
      <p class="note" role="status">
        ${Math.min(count, MOST_ROWS)} of ${story.summary.trials.length} trials shown.
      </p>
      ${trialsTable(filtered.summary, { running })}
    `,
  };
}

/** Returns the fragments with charts, which are slow to draw; none while nothing is known. */
export async function drawnFragments(
  watched: WatchedExperiment,
  { filter }: Pick<ViewOptions, "filter">,
): Promise<Fragments> {
  const story = watched.story();
  if (story === null) return {};
  const filtered = filterStory(story, filter);
  let charts: DrawnCharts;
  try {
    charts = await drawOnce(filtered, `${filter.status}\n${filter.text}`, story);
  } catch (error) {
    const reason = messageOf(error);
    return { charts: html`<p class="note">Cannot draw the charts: ${reason}</p>` };
  }
  return {
    charts: html`${chartSections(charts)}${pageData(filtered)}`,
    rest: html`${lossesSection(filtered.summary)}${
      inspectionSection(story, { charts, evidence: evidenceOf(story.summary, story) })
    }`,
  };
}

const drawn = new WeakMap<Story, Map<string, Promise<DrawnCharts>>>();

/** Draws the charts of a story once for all viewers with the same filter. */
function drawOnce(filtered: Story, key: string, story: Story): Promise<DrawnCharts> {
  let byFilter = drawn.get(story);
  if (byFilter === undefined) drawn.set(story, byFilter = new Map());
  let charts = byFilter.get(key);
  if (charts === undefined) byFilter.set(key, charts = draw(filtered));
  return charts;
}

async function draw(story: Story): Promise<DrawnCharts> {
  const { drawCharts } = await import("../../report/charts/draw_charts.ts");
  const { storyCharts } = await import("../../report/charts/story_charts.ts");
  const charts = storyCharts(story);
  // Both are slow for a large grid; other requests are answered between them.
  await new Promise((resolve) => setTimeout(resolve));
  return await drawCharts(charts);
}
