import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { type DrawTask, drawTask } from "../../../lib/dashboard/drawing/draw_task.ts";
import { DrawingThread } from "../../../lib/dashboard/drawing/drawing_thread.ts";
import { packStory } from "../../../lib/dashboard/drawing/packed_story.ts";
import { drawCharts } from "../../../lib/report/charts/draw_charts.ts";
import { storyCharts } from "../../../lib/report/charts/story_charts.ts";
import { chartSections } from "../../../lib/report/page/report_html.ts";
import { html } from "../../../lib/report/page/html.ts";
import type { Story } from "../../../lib/report/story/story.ts";
import { fakeInspection, fakeStory } from "../../report/fakes.ts";
import { SIX_AXES, wideStory } from "../../report/wide_story.ts";

/** Returns the task of a story; its buffers can be sent once. */
const taskOf = (story: Story): DrawTask => ({ type: "story", story: packStory(story), optimism: null });
const few = () => fakeStory({ rates: 3, epochs: 4, inspection: fakeInspection() });

function spawnFaulty(fault: string): Worker {
  return new Worker(new URL("../faulty_worker.ts", import.meta.url), {
    type: "module",
    name: fault,
    deno: { permissions: "none" },
  });
}

Deno.test("DrawingThread.draw() draws the same bytes as this thread, several tasks in order", async () => {
  using drawing = new DrawingThread();
  // The second has more trials than lines are drawn for.
  const stories = [few(), wideStory({ grid: SIX_AXES, epochs: 3, repeats: 8 }), few()];
  const found = await Promise.all(stories.map((story) => drawing.draw(taskOf(story))));
  for (const [index, story] of stories.entries()) {
    assertEquals(found[index], await drawTask(taskOf(story)));
    const { markup } = html`${chartSections(await drawCharts(storyCharts(story)))}`;
    assertStringIncludes(found[index].charts.markup, markup);
    assertStringIncludes(found[index].ranking.markup, '<table id="points_table"');
  }
  const charts = storyCharts(few()).effects;
  assertEquals(
    await drawing.draw({ type: "charts", charts }),
    await drawTask({ type: "charts", charts }),
  );
});

Deno.test("DrawingThread.draw() throws what is wrong with a task, and draws the next", async () => {
  using drawing = new DrawingThread();
  const [chart] = storyCharts(few()).effects;
  const spec = {} as typeof chart.spec;
  const error = await assertRejects(() => drawing.draw({ type: "charts", charts: [{ ...chart, spec }] }));
  assertStringIncludes((error as Error).message, "Invalid specification");
  const { charts } = await drawing.draw({ type: "charts", charts: [chart] });
  assertStringIncludes(charts.markup, "<svg");
});

for (const [fault, message] of [["throws", "outside"], ["rejects", "behind"]]) {
  Deno.test(`DrawingThread.draw() throws and starts another thread when the first one ${fault}`, async () => {
    const faults = [fault, fault];
    let started = 0;
    using drawing = new DrawingThread({
      spawn: () => {
        started += 1;
        const next = faults.shift();
        if (next !== undefined) return spawnFaulty(next);
        return new Worker(new URL("../../../lib/dashboard/drawing/drawing_worker.ts", import.meta.url), {
          type: "module",
          deno: { permissions: "none" },
        });
      },
    });
    const both = await Promise.allSettled([drawing.draw(taskOf(few())), drawing.draw(taskOf(few()))]);
    both.push(...await Promise.allSettled([drawing.draw(taskOf(few()))]));
    for (const outcome of both) {
      const reason = outcome.status === "rejected" ? outcome.reason.message : "drawn";
      assertStringIncludes(reason, "the thread that draws failed: ");
      assertStringIncludes(reason, `broken ${message} a chart`);
    }
    assertEquals(await drawing.draw(taskOf(few())), await drawTask(taskOf(few())));
    assertEquals(started, 3);
  });
}

Deno.test("DrawingThread ends with what it has not drawn, and draws nothing after", async () => {
  const drawing = new DrawingThread();
  drawing.warm();
  const unfinished = assertRejects(() => drawing.draw(taskOf(few())), Error, "the dashboard has ended");
  drawing[Symbol.dispose]();
  await unfinished;
  await assertRejects(() => drawing.draw(taskOf(few())), Error, "the dashboard has ended");
});
