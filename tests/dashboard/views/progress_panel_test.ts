import { assertEquals, assertStringIncludes } from "@std/assert";
import { progressPanel, readingFragments, runShare } from "../../../lib/dashboard/views/progress_panel.ts";
import { doneEvents } from "../../report/fakes.ts";
import { startLine } from "../fakes.ts";
import { watching } from "../watching.ts";

const START = startLine({ toRun: ["0.1-0", "0.2-0"] });

/** Returns an epoch of a trial. */
const epoch = (trial: string, number: number) => ({ ...doneEvents(trial, 0.5)[0], epoch: number }) as never;

Deno.test(
  "runShare() counts the epochs of the trials that the run took up, and those that an early end spares",
  watching(async ({ watched, writeActivity, writeJournal, read, heartbeatMs }) => {
    assertEquals(runShare(watched, { nowMs: 0 }), null);
    await writeActivity([{ ...START, at: await now(heartbeatMs, writeActivity) - 10_000 }]);
    await read();
    const nowMs = await heartbeatMs();
    assertEquals(runShare(watched, { nowMs }), { liveness: "running", share: 0, leftMs: null });
    // Five of twenty epochs; the third trial is not one of this run.
    await writeJournal([0, 1, 2, 3, 4, 5].map((number) => epoch("0.1-0", number)));
    await writeJournal([epoch("0.3-0", 0), epoch("0.3-0", 1)]);
    await read();
    assertEquals(runShare(watched, { nowMs })?.share, 0.25);
    await writeJournal([{ type: "diverged", trial: "0.2-0", epoch: 1, reason: "loss is NaN" }]);
    await read();
    const { share, leftMs } = runShare(watched, { nowMs: START.at })!;
    assertEquals([share, leftMs], [0.75, null]);
  }),
);

/** Makes the file of activity, and returns when it was changed. */
async function now(
  heartbeatMs: () => Promise<number>,
  writeActivity: (lines: readonly never[]) => Promise<void>,
): Promise<number> {
  await writeActivity([]);
  return await heartbeatMs();
}

Deno.test(
  "runShare() expects the rest to go as fast as what is done",
  watching(async ({ watched, writeActivity, writeJournal, read, heartbeatMs }) => {
    const at = await now(heartbeatMs, writeActivity);
    await writeActivity([{ ...START, at: at - 10_000 }]);
    await writeJournal([0, 1, 2, 3, 4, 5].map((number) => epoch("0.1-0", number)));
    await read();
    // A quarter took ten seconds, so that three quarters take thirty.
    assertEquals(runShare(watched, { nowMs: at }), { liveness: "running", share: 0.25, leftMs: 30_000 });
  }),
);

Deno.test(
  "progressPanel() says how the run goes, what each worker does, and how it ended",
  watching(async ({ watched, writeActivity, writeJournal, read, heartbeatMs }) => {
    const textOf = (nowMs: number) => progressPanel(watched, { nowMs }).markup.replaceAll("\n", "");
    assertStringIncludes(textOf(0), "No run in this folder; the committed results are shown.");
    const at = await now(heartbeatMs, writeActivity);
    await writeActivity([
      { ...START, at: at - 10_000 },
      { type: "started", at: at - 5000, trial: "0.1-0", worker: 0 },
      { type: "started", at: at - 4000, trial: "0.2-0", worker: 1, machine: "node7" },
      { type: "note", at, message: "a <note>" },
    ]);
    await writeJournal([0, 1, 2, 3, 4, 5].map((number) => epoch("0.1-0", number)));
    await read();
    const running = textOf(at);
    assertStringIncludes(running, "Running for 10 s: 25 % of 2 trials, about 30 s left.");
    assertStringIncludes(running, '<th scope="row">0</th><td>rate=0.1</td><td>5 of 10</td><td>5 s</td>');
    assertStringIncludes(
      running,
      '<th scope="row">1 on node7</th><td>rate=0.2</td><td>0 of 10</td><td>4 s</td>',
    );
    assertStringIncludes(running, "<li>a &lt;note&gt;</li>");
    assertStringIncludes(
      textOf(at + 3_600_000),
      "The last run was killed at 25 %; the same command resumes it.",
    );
    await writeActivity([{ type: "closed", at: at + 55_000, status: "interrupted" }]);
    await read();
    assertStringIncludes(textOf(at), "The last run is interrupted at 25 %; it took 1 min 5 s.");
    assertEquals(textOf(at).includes("<table>"), false);
  }),
);

Deno.test("readingFragments() says how much of a journal is read", () => {
  const { markup } = readingFragments(0.999)["progress"]!;
  assertEquals(
    markup,
    '<p>Reading the journal: 99 %</p>\n<progress max="1" value="0.9990" aria-label="read">99 %</progress>',
  );
});
