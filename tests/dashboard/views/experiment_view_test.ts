import { assertEquals, assertStringIncludes } from "@std/assert";
import { drawnFragments } from "../../../lib/dashboard/views/experiment_view.ts";
import { EVENTS, startLine } from "../fakes.ts";
import { watching } from "../watching.ts";

Deno.test(
  "drawnFragments() says why trials failed and diverged, and those alone that pass the filter",
  watching(async ({ watched, writeActivity, writeJournal, read }) => {
    await writeActivity([startLine()]);
    const failed = { type: "failed", trial: "0.3-0", reason: "its worker <broke> down" } as const;
    await writeJournal([...EVENTS, failed]);
    await read();
    const losses = async (status: string) =>
      (await drawnFragments(watched, { filter: { text: "", status } })).rest.markup;
    assertStringIncludes(await losses(""), "loss is NaN at step 1 of epoch 1");
    assertStringIncludes(await losses(""), "its worker &lt;broke&gt; down");
    assertStringIncludes(await losses("failed"), "its worker &lt;broke&gt; down");
    assertEquals((await losses("failed")).includes("loss is NaN"), false);
  }),
);
