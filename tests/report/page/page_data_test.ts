import { assertEquals } from "@std/assert";
import { pageData } from "../../../lib/report/page/page_data.ts";
import { fakeStory } from "../fakes.ts";
import { wideStory } from "../wide_story.ts";

function read(story: Parameters<typeof pageData>[0]) {
  const [, text] = /^<script type="application\/json" id="page_data">(.*)<\/script>$/s.exec(
    pageData(story).markup,
  )!;
  assertEquals(text.includes("<"), false);
  return JSON.parse(text);
}

Deno.test("pageData() has axes with lines, points by indexes, and trials with their point, repeat and end", () => {
  const story = wideStory({
    grid: { rate: [0.1, 0.01], normalization: [null, "batchnorm"] },
    epochs: 2,
    repeats: 2,
  });
  const { axes, points, trials } = read(story);
  assertEquals(axes[0], {
    name: "rate",
    values: ["0.01", "0.1"],
    styles: [["#2f5fd0", ""], ["#d97a1a", ""]],
  });
  assertEquals(axes[1], { name: "hidden", values: ["8"], styles: [] });
  assertEquals(axes[2].values, ["null", "batchnorm"]);
  assertEquals(points, [[1, 0, 0, 0, 0, 0], [1, 0, 1, 0, 0, 0], [0, 0, 0, 0, 0, 0], [0, 0, 1, 0, 0, 0]]);
  assertEquals(Object.keys(trials), story.summary.trials.map(({ trial }) => trial));
  const rows = Object.values(trials) as readonly (readonly unknown[])[];
  assertEquals(
    rows.map(([point, repeat]) => [point, repeat]),
    [0, 1, 2, 3].flatMap((at) => [[at, 0], [at, 1]]),
  );
  assertEquals(rows[1].slice(2), ["done", 2, "10.00 %"]);
  assertEquals(rows[2].slice(2), ["diverged", null, ""]);
  assertEquals(rows.filter(([, , end]) => end === "winner").length, 2);
});

Deno.test("pageData() has the curves of each metric, of some epochs when there are many", () => {
  const few = fakeStory({ rates: 1, epochs: 2 });
  const [trial] = few.summary.trials.map(({ trial }) => trial);
  const { curves, stride } = read(few);
  assertEquals(stride, 1);
  assertEquals(curves[trial], [2, [0, 0.25, 0.3333], [0, 0.25, 0.3333], [null, 4, 2]]);
  const many = read(fakeStory({ rates: 10, epochs: 1001 }));
  assertEquals(many.stride, 2);
  for (
    const [last, ...lists] of Object.values(many.curves) as readonly (readonly [number, ...number[][]])[]
  ) {
    // Every second epoch to 1,000, and the last.
    assertEquals([last, ...lists.map((list) => list.length)], [1001, 502, 502, 502]);
  }
});

Deno.test("pageData() has no curves beyond the best 1,000 trials", () => {
  const story = fakeStory({ rates: 400, epochs: 1 });
  const { curves, trials } = read(story);
  assertEquals([Object.keys(curves).length, Object.keys(trials).length], [1000, 1200]);
  assertEquals(Object.hasOwn(curves, story.summary.winner!.trials[0]), true);
});

Deno.test("pageData() lets no name end the script", () => {
  const story = fakeStory({ rates: 1, epochs: 1 });
  const grid = { ...story.summary.experiment.grid, hostile: ["</script><script>alert(1)</script>"] };
  const { axes } = read({
    ...story,
    summary: { ...story.summary, experiment: { ...story.summary.experiment, grid } },
  });
  assertEquals(axes[2].values, ["</script><script>alert(1)</script>"]);
});
