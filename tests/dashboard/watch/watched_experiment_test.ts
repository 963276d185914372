import { assertEquals, assertStringIncludes } from "@std/assert";
import { progressPanel, runShare } from "../../../lib/dashboard/views/progress_panel.ts";
import { encodeRecord } from "../../../lib/journal/journal_record.ts";
import { HEARTBEAT_MS } from "../../../lib/runner/results/last_run.ts";
import { doneEvents } from "../../report/fakes.ts";
import { EVENTS, GRID, startLine, storyOf } from "../fakes.ts";
import { watching } from "../watching.ts";

Deno.test(
  "WatchedExperiment.story() is what is committed when there is no journal, curves and all",
  watching(async ({ watched, writeCommitted, read }) => {
    await read();
    assertEquals(watched.story(), null);
    await writeCommitted();
    await read();
    const told = storyOf(EVENTS);
    assertEquals(watched.story()?.summary, told.summary);
    assertEquals(watched.story()?.curves, told.curves);
    const { version } = watched;
    await read();
    assertEquals(watched.version, version);
    assertEquals(watched.liveness({ nowMs: 0 }), "never ran here");
    const { markup } = progressPanel(watched, { nowMs: 0 });
    assertStringIncludes(markup, "No run in this folder; the committed results are shown.");
  }),
);

Deno.test(
  "WatchedExperiment.story() is the journal's when there is one, whatever is committed",
  watching(async ({ watched, writeCommitted, writeJournal, read }) => {
    await writeCommitted();
    await writeJournal(doneEvents("0.3-0", 0.25));
    await read();
    const summary = watched.story()?.summary;
    assertEquals(summary?.trials.map(({ status }) => status), ["pending", "pending", "done"]);
    assertEquals([...watched.story()!.curves.keys()], ["0.3-0"]);
  }),
);

Deno.test(
  "WatchedExperiment.story() follows a run, passes a damaged line over and leaves a cut one for later",
  watching(async ({ watched, writeJournal, writeActivity, read }) => {
    await writeActivity([startLine()], "{damaged}\n");
    const [first, ...others] = EVENTS;
    await writeJournal([first], "{damaged}\n");
    await read();
    const { version } = watched;
    assertEquals(watched.book.hasEnded("0.1-0"), false);
    const text = others.map(encodeRecord).join("");
    await writeJournal([], text.slice(0, 900));
    await writeJournal([], text.slice(900));
    await read();
    assertEquals(watched.story()?.summary, storyOf(EVENTS).summary);
    assertEquals(watched.version > version, true);
    await read();
    assertEquals(watched.story() === watched.story(), true);
  }),
);

const ALIVE: readonly (readonly [silenceMs: number, liveness: string, text: string])[] = [
  [HEARTBEAT_MS, "running", "Running for 2 s: 70 % of 3 trials, about 1 s left."],
  [
    6 * HEARTBEAT_MS,
    "killed",
    "The last run was killed at 70 %; the same command resumes it.",
  ],
  // The file was copied here, or the clock was set back.
  [
    -3_600_000,
    "killed",
    "The last run was killed at 70 %; the same command resumes it.",
  ],
];

for (const [silenceMs, liveness, text] of ALIVE) {
  Deno.test(
    `WatchedExperiment.liveness() is ${liveness} when a run has been silent for ${silenceMs} ms`,
    watching(async ({ watched, writeJournal, writeActivity, read, heartbeatMs }) => {
      const beginMs = Date.now();
      await writeActivity([
        startLine({ at: beginMs }),
        { type: "started", at: beginMs, trial: "0.3-0", worker: 0 },
      ]);
      const nowMs = await heartbeatMs() + silenceMs;
      // Two trials of ten epochs have ended, of the third's one is done.
      await writeJournal([...EVENTS, ...doneEvents("0.3-0", 0.5).slice(0, 2)]);
      await read();
      const found = runShare(watched, { nowMs });
      assertEquals([found?.liveness, found?.share.toFixed(2)], [liveness, "0.70"]);
      const { markup } = progressPanel(watched, { nowMs });
      assertStringIncludes(markup, `<strong>${text}</strong>`);
      assertEquals(markup.includes("<td>1 of 10</td>"), liveness === "running");
    }),
  );
}

Deno.test(
  "WatchedExperiment.story() has the settings of every whole line of specs.jsonl when others are torn",
  watching(async ({ watched, writeActivity, writeJournal, writeSpecs, read }) => {
    const [first, second, third] = GRID.trials.map(({ id, model, solver }) =>
      JSON.stringify({ trial: id, model, solver })
    );
    await writeSpecs(`${first.slice(0, 40)}\n${second}\n\n${third.slice(0, 7)}${third}\n${first}\n${third}`);
    await writeActivity([startLine()]);
    for (const { id, model, solver } of GRID.trials) {
      await writeJournal(doneEvents(id, 0.5 + 0.1 * Number(id[2])));
      await read();
      const winner = watched.story()?.summary.winner;
      assertEquals([winner?.trials, winner?.model, winner?.solver], [[id], model, solver]);
    }
    assertEquals(watched.problems, []);
  }),
);
