import { assert, assertEquals } from "@std/assert";
import { filterStory } from "../../../lib/dashboard/views/filter_story.ts";
import { EVENTS, storyOf } from "../fakes.ts";

const STORY = storyOf(EVENTS);

const CASES: readonly (readonly [text: string, status: string, trials: readonly string[]])[] = [
  ["rate=0.1", "", ["0.1-0"]],
  ["RATE=0.2  diverged", "", ["0.2-0"]],
  ["nan at step", "", ["0.2-0"]],
  ["repeat 0", "", ["0.1-0", "0.2-0", "0.3-0"]],
  ["0.3-0", "", ["0.3-0"]],
  ["", "pending", ["0.3-0"]],
  ["0.1", "diverged", []],
  ["", "gone", []],
];

for (const [text, status, trials] of CASES) {
  Deno.test(`filterStory() leaves ${trials.length} trials when it looks for "${text}" and status "${status}"`, () => {
    const { summary, curves } = filterStory(STORY, { text, status });
    assertEquals(summary.trials.map(({ trial }) => trial), trials);
    assertEquals(summary.points.map(({ point }) => `${point.rate}-0`), trials);
    assertEquals(summary.winner, STORY.summary.winner);
    assertEquals(summary.counts, STORY.summary.counts);
    assert(curves === STORY.curves);
  });
}

Deno.test("filterStory() returns the story itself when nothing is looked for", () => {
  assert(filterStory(STORY, { text: "  ", status: "" }) === STORY);
});
