import { messageOf } from "../../core/check/message_of.ts";
import { compareWithWinner } from "../../report/evidence/compare_points.ts";
import { leadText } from "../../report/evidence/lead_text.ts";
import { selectionOptimism } from "../../report/evidence/selection_optimism.ts";
import { answerSection } from "../../report/page/answer_section.ts";
import { warningsSection } from "../../report/page/closing_sections.ts";
import { html } from "../../report/page/html.ts";
import { countsLine } from "../../report/page/report_html.ts";
import { MOST_ROWS, type TrialFilter, trialsTable } from "../../report/page/trials_table.ts";
import type { Story } from "../../report/story/story.ts";
import type { Drawing } from "../drawing/drawing_thread.ts";
import { packStory } from "../drawing/packed_story.ts";
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
  const lead = leadOf(story);
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

const leads = new WeakMap<Story, string>();

/** An open page asks every second, and a large grid is compared in a tenth of one. */
function leadOf(story: Story): string {
  let lead = leads.get(story);
  if (lead === undefined) leads.set(story, lead = leadText(story.summary, compareWithWinner(story.summary)));
  return lead;
}

/** Options of {@link drawnFragments}. */
export interface DrawnOptions extends Pick<ViewOptions, "filter"> {
  readonly drawing: Drawing;
}

/** Returns the fragments with charts, which another thread draws; none while nothing is known. */
export async function drawnFragments(
  watched: WatchedExperiment,
  { filter, drawing }: DrawnOptions,
): Promise<Fragments> {
  const story = watched.story();
  if (story === null) return {};
  try {
    return await drawOnce(story, { filter, drawing });
  } catch (error) {
    return { charts: html`<p class="note">Cannot draw the charts: ${messageOf(error)}</p>` };
  }
}

/** The most filters of a story whose fragments are kept, some megabytes each. */
const MOST_KEPT = 4;

const drawn = new WeakMap<Story, Map<string, Promise<Fragments>>>();

/** Draws a story once for all viewers with the same filter; what failed is drawn again. */
function drawOnce(story: Story, { filter, drawing }: DrawnOptions): Promise<Fragments> {
  let kept = drawn.get(story);
  if (kept === undefined) drawn.set(story, kept = new Map());
  const key = `${filter.status}\n${filter.text}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const { summary, inspection } = story;
  const fragments = drawing.draw({
    type: "story",
    story: packStory(filterStory(story, filter)),
    optimism: inspection === null ? null : selectionOptimism(summary),
  });
  kept.set(key, fragments);
  fragments.catch(() => kept?.delete(key));
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT) kept.delete(oldest);
  return fragments;
}
