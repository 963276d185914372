import { assertEquals, assertStringIncludes } from "@std/assert";
import type { DrawTask } from "../../../lib/dashboard/drawing/draw_task.ts";
import { DrawingThread } from "../../../lib/dashboard/drawing/drawing_thread.ts";
import { drawnFragments } from "../../../lib/dashboard/views/experiment_view.ts";
import { EVENTS, startLine } from "../fakes.ts";
import { watching } from "../watching.ts";

Deno.test(
  "drawnFragments() says why trials failed and diverged, and those alone that pass the filter",
  watching(async ({ watched, writeActivity, writeJournal, read }) => {
    using drawing = new DrawingThread();
    await writeActivity([startLine()]);
    const failed = { type: "failed", trial: "0.3-0", reason: "its worker <broke> down" } as const;
    await writeJournal([...EVENTS, failed]);
    await read();
    const losses = async (status: string) =>
      (await drawnFragments(watched, { filter: { text: "", status }, drawing })).rest.markup;
    assertStringIncludes(await losses(""), "loss is NaN at step 1 of epoch 1");
    assertStringIncludes(await losses(""), "its worker &lt;broke&gt; down");
    assertStringIncludes(await losses("failed"), "its worker &lt;broke&gt; down");
    assertEquals((await losses("failed")).includes("loss is NaN"), false);
  }),
);

Deno.test(
  "drawnFragments() draws in the thread alone, once for all viewers, and says why it cannot",
  watching(async ({ watched, writeActivity, writeJournal, read }) => {
    await writeActivity([startLine()]);
    await writeJournal(EVENTS);
    await read();
    const tasks: DrawTask[] = [];
    let fails = true;
    const drawing = {
      draw: (task: DrawTask) => {
        tasks.push(task);
        if (fails) return Promise.reject(new Error("its thread <failed>"));
        return Promise.resolve({ charts: { markup: `drawing ${tasks.length}` } });
      },
    };
    const markup = async (text = "") =>
      (await drawnFragments(watched, { filter: { text, status: "" }, drawing })).charts.markup;
    assertEquals(await markup(), '<p class="note">Cannot draw the charts: its thread &lt;failed&gt;</p>');
    fails = false;
    assertEquals(await Promise.all([markup(), markup(), markup("0.1")]), [
      "drawing 2",
      "drawing 2",
      "drawing 3",
    ]);
    assertEquals(
      tasks.map((task) => task.type === "story" && task.story.summary.trials.length),
      [3, 3, 1],
    );
    // Of many filters, those that are kept are few.
    for (const text of ["a", "b", "c", "d"]) await markup(text);
    assertEquals([await markup("d"), await markup()], ["drawing 7", "drawing 8"]);
  }),
);
