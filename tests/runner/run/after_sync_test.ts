import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Engine } from "../../../lib/engine/engine.ts";
import { settingOf } from "../../../lib/engine/engine_setting.ts";
import { runTrial } from "../../../lib/experiment/trial/run_trial.ts";
import { encodeRecord } from "../../../lib/journal/journal_record.ts";
import { AfterSync } from "../../../lib/runner/run/after_sync.ts";
import { runExperiment } from "../../../lib/runner/run/run_experiment.ts";
import type { RunOptions } from "../../../lib/runner/run/run_options.ts";
import { slowDisk } from "../../journal/slow_disk.ts";
import { inSandbox, TWELVE_TRIALS } from "../fakes.ts";

/** Yields events as fast as they are asked for, and waits for nothing. */
const hastyEngine: Engine = async function* (trials, setting) {
  for (const trial of trials) {
    for (const step of runTrial(trial, settingOf(trial, setting))) yield { ...step, worker: 0 };
  }
};

Deno.test(
  "runExperiment() shows no event before the disk has it, and waits for the disk less often than events come",
  inSandbox(async ({ load, options, resultsDir }) => {
    using disk = slowDisk();
    const path = `${resultsDir}/blobs_rate/journal.jsonl`;
    let shown = 0;
    const observe: RunOptions["observe"] = (told) => {
      if (told.type !== "epoch" && told.type !== "ended") return;
      const line = encodeRecord(told.event);
      const at = Deno.readTextFileSync(path).indexOf(line);
      assert(at !== -1, `${line} is not in the journal`);
      assert(at + line.length <= disk.syncedBytes, `${line} was shown before the disk had it`);
      shown += 1;
    };
    await runExperiment(await load(TWELVE_TRIALS), options({ engine: hastyEngine, observe }));
    assertEquals(shown, 10 * 4 + 2 * 2);
    assert(disk.syncs < shown, `${disk.syncs} syncs for ${shown} events`);
  }),
);

Deno.test(
  "runExperiment() confirms events to an engine when the disk has them and the observer was called",
  inSandbox(async ({ load, options }) => {
    using disk = slowDisk();
    let ended = 0;
    const told: string[] = [];
    const observe: RunOptions["observe"] = (event) => {
      if (event.type === "ended") told.push(event.event.trial);
    };
    const engine: Engine = async function* (trials, engineOptions) {
      for await (const step of hastyEngine(trials, engineOptions)) {
        yield step;
        if (step.event.type === "done" || step.event.type === "diverged") ended += 1;
        await engineOptions.kept?.();
        assertEquals(told.length, ended);
      }
    };
    await runExperiment(await load(TWELVE_TRIALS), options({ engine, observe }));
    assertEquals(ended, 12);
    assert(disk.syncs > ended);
  }),
);

Deno.test("AfterSync does everything in order, and once per batch waits for the disk", async () => {
  const done: string[] = [];
  const afterSync = new AfterSync({
    sync: () => {
      done.push("sync");
      return Promise.resolve();
    },
  }, { onFailure: () => {} });
  afterSync.do(async () => {
    await Promise.resolve();
    done.push("a");
    afterSync.do(() => void done.push("c"));
  });
  afterSync.do(() => void done.push("b"));
  await afterSync.settled();
  assertEquals(done, ["sync", "a", "sync", "b", "c"]);
});

Deno.test("AfterSync does nothing more when a sync has failed, and throws what it threw", async () => {
  let failures = 0;
  const done: string[] = [];
  const journal = { sync: () => Promise.reject(new Error("full")) };
  const afterSync = new AfterSync(journal, { onFailure: () => failures += 1 });
  afterSync.do(() => void done.push("a"));
  await assertRejects(() => afterSync.settled(), Error, "full");
  afterSync.do(() => void done.push("b"));
  await assertRejects(() => afterSync.settled(), Error, "full");
  assertEquals([failures, done], [1, []]);
});
