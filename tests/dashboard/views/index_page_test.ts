import { assertEquals, assertStringIncludes } from "@std/assert";
import { indexFragments, indexPage } from "../../../lib/dashboard/views/index_page.ts";
import { html } from "../../../lib/report/page/html.ts";
import { doneEvents } from "../../report/fakes.ts";
import { EVENTS, startLine } from "../fakes.ts";
import { watching } from "../watching.ts";

/** Returns the texts of the cells of each row. */
function rowsOf(fragments: ReturnType<typeof indexFragments>): readonly (readonly string[])[] {
  const { markup } = fragments["experiments"]!;
  return markup.slice(markup.indexOf("<tbody>")).split("<tr").slice(1).map((row) =>
    [...row.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/g)].map(([, cell]) => cell.replace(/<[^>]*>/g, ""))
  );
}

const IN_GIT = { isInGit: true, isEdited: false };
const OPTIONS = { base: "/token", nowMs: 0, gitFacts: () => IN_GIT };

Deno.test("indexFragments() says what makes results when there are none", () => {
  assertEquals(
    indexFragments([], OPTIONS)["experiments"]!.markup,
    "<p>No experiment has results here yet; deno task start makes some.</p>",
  );
});

Deno.test(
  "indexFragments() has a row an experiment: how its run goes, how many trials, and its winner",
  watching(async ({ watched, writeCommitted, writeActivity, writeJournal, read, heartbeatMs }) => {
    await writeCommitted();
    await read();
    const state = "committed, same bits, incomplete";
    assertEquals(rowsOf(indexFragments([watched], OPTIONS)), [
      ["fake_question", state, "75.00 %", "", "1 of 3, 1 diverged", "rate=0.1", "Which rate?"],
    ]);
    await writeJournal(EVENTS);
    await writeActivity([startLine()]);
    await read();
    const nowMs = await heartbeatMs();
    await writeActivity([{ type: "closed", at: nowMs, status: "complete" }]);
    await read();
    assertEquals(rowsOf(indexFragments([watched], { ...OPTIONS, nowMs }))[0].slice(1, 5), [
      state,
      "75.00 %",
      "",
      "1 of 3, 1 diverged",
    ]);
    const stateWith = (facts: Partial<typeof IN_GIT>) =>
      rowsOf(
        indexFragments([watched], { ...OPTIONS, nowMs, gitFacts: () => ({ ...IN_GIT, ...facts }) }),
      )[0][1];
    assertEquals(stateWith({ isInGit: false }), "here, incomplete");
    assertEquals(stateWith({ isEdited: true }), "file edited since, incomplete");
    assertEquals(stateWith({ isInGit: false, isEdited: true }), "here, incomplete");
  }),
);

Deno.test(
  "indexFragments() puts runs in progress first, with their progress",
  watching(async ({ watched: running, writeActivity, writeJournal, read, heartbeatMs }) => {
    await writeActivity([]);
    const at = await heartbeatMs();
    await writeActivity([{ ...startLine({ toRun: ["0.1-0"] }), at: at - 10_000 }]);
    await writeJournal(
      [0, 1, 2, 3, 4, 5].map((epoch) => ({ ...doneEvents("0.1-0", 0.5)[0], epoch }) as never),
    );
    await read();
    await watching(async ({ watched: other, writeCommitted, read: readOther }) => {
      await writeCommitted();
      await readOther();
      const rows = rowsOf(indexFragments([other, running], { ...OPTIONS, nowMs: at }));
      assertEquals(rows.map((row) => row[1]), [
        "running, 50 %, 10 s left",
        "committed, same bits, incomplete",
      ]);
    })();
  }),
);

Deno.test("indexPage() holds the table and sends what is chosen to the comparison", () => {
  const text = indexPage({ base: "/token", fragments: { experiments: html`<p>table</p>` } });
  assertStringIncludes(text, '<div id="experiments"><p>table</p></div>');
  assertStringIncludes(text, '<form id="compare" action="/token/compare">');
});
