import type { TrialFilter } from "../../report/page/trials_table.ts";
import type { Story } from "../../report/story/story.ts";
import { pointText } from "../../report/summary/axis_text.ts";
import { pointKey } from "../../report/summary/rank_points.ts";
import type { TrialResult } from "../../report/summary/summary.ts";

/** Returns a story with only the trials that pass a filter; it keeps the experiment's winner. */
export function filterStory(story: Story, { text, status }: TrialFilter): Story {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0 && status === "") return story;
  const trials = story.summary.trials.filter((trial) =>
    (status === "" || trial.status === status) && hasWords(trial, words)
  );
  const points = new Set(trials.map(({ point }) => pointKey(point)));
  return {
    ...story,
    summary: {
      ...story.summary,
      trials,
      points: story.summary.points.filter(({ point }) => points.has(pointKey(point))),
    },
  };
}

function hasWords(
  { trial, point, repeat, fold, status, reason }: TrialResult,
  words: readonly string[],
): boolean {
  const run = `repeat ${repeat}${fold === undefined ? "" : ` fold ${fold}`}`;
  const text = `${trial} ${pointText(point)} ${run} ${status} ${reason ?? ""}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
