// Several sources together: searches, their rungs, and the runs, shards and checks of them.
import { assert, assertEquals } from "@std/assert";
import { spawnSandboxed } from "../../../lib/engine/threads/spawn_sandboxed.ts";
import { workersEngine } from "../../../lib/engine/threads/workers.ts";
import { runExperiment } from "../../../lib/runner/run/run_experiment.ts";
import type { RunOptions } from "../../../lib/runner/run/run_options.ts";
import { verifyExperiment } from "../../../lib/runner/check/verify_experiment.ts";
import { changedEngine, committedFiles, inSandbox } from "../fakes.ts";

const RATES = "[0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.5, 0.7, 1e30]";

/** Nine points of two repeats, of which one diverges; three reach epoch 2, and one epoch 4. */
const PLAIN = { "rate: [0.001, 0.1, 1e30]": `rate: ${RATES}`, "epochs: 2": "epochs: 4" };
const SEARCH = {
  ...PLAIN,
  "{ blobs, defineExperiment }": "{ blobs, defineExperiment, halving }",
  "  grid:": "  search: halving({ epochs: [1, 2, 4], keep: 1 / 3 }),\n  grid:",
};

interface Row {
  readonly trial: string;
  readonly status: string;
  readonly stoppedAfter?: number;
}

interface Read {
  readonly format: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly points: readonly { readonly stoppedAfter?: number }[];
  readonly winner: { readonly trials: readonly string[] };
  readonly trials: readonly Row[];
}

async function summaryOf(folder: string): Promise<Read> {
  return JSON.parse(await Deno.readTextFile(`${folder}/summary.json`));
}

Deno.test(
  "runExperiment() ends in the same bytes with 1, 2 and 3 workers, and says where each point stopped",
  inSandbox(async ({ folder, load, options }) => {
    const loaded = await load(SEARCH);
    const files = [];
    for (const workers of [1, 2, 3]) {
      const engine = workersEngine({ workers });
      const resultsDir = `${folder}/${workers}`;
      const { status, folder: results } = await runExperiment(
        loaded,
        options({ workers, engine, resultsDir }),
      );
      assertEquals(status, "complete");
      files.push(await committedFiles(results));
    }
    assertEquals(files[1], files[0]);
    assertEquals(files[2], files[0]);
    const { format, counts, points, winner, trials } = await summaryOf(`${folder}/1/blobs_rate`);
    assertEquals([format, counts.done, counts.stopped, counts.diverged], [2, 2, 14, 2]);
    const stops = points.map(({ stoppedAfter }) => stoppedAfter ?? null);
    assertEquals(stops.filter((stop) => stop === 1).length, 5);
    assertEquals(stops.filter((stop) => stop === 2).length, 2);
    assertEquals(winner.trials, trials.filter(({ status }) => status === "done").map(({ trial }) => trial));
    assert(files[0]["report.md"].includes("of 9 points, 5 stopped after epoch 1, 2 stopped after epoch 2"));
  }),
);

Deno.test(
  "a trial that goes on has the rows of one that never stopped, and one that stops has the first of them",
  inSandbox(async ({ folder, load, options }) => {
    const whole = await runExperiment(await load(PLAIN), options({ resultsDir: `${folder}/whole` }));
    const search = await runExperiment(await load(SEARCH), options({ resultsDir: `${folder}/search` }));
    const rowsOf = async (results: string) =>
      Map.groupBy(
        (await Deno.readTextFile(`${results}/history.csv`)).split("\r\n"),
        (row) => row.slice(0, row.indexOf(",")),
      );
    const [all, some] = await Promise.all([rowsOf(whole.folder), rowsOf(search.folder)]);
    for (const { trial, stoppedAfter } of (await summaryOf(search.folder)).trials) {
      const rows = all.get(trial)!;
      assertEquals(some.get(trial), stoppedAfter === undefined ? rows : rows.slice(0, stoppedAfter + 1));
    }
    // The journal of the whole run has all that the search needs, and the other way round a part of it.
    const again = await runExperiment(await load(SEARCH), options({ resultsDir: `${folder}/whole` }));
    assertEquals(again.ended, 0);
    assertEquals(await committedFiles(again.folder), await committedFiles(search.folder));
    const { ended } = await runExperiment(await load(PLAIN), options({ resultsDir: `${folder}/search` }));
    assertEquals(ended, 14);
    const plain = await runExperiment(await load(PLAIN), options({ resultsDir: `${folder}/plain` }));
    assertEquals(await committedFiles(search.folder), await committedFiles(plain.folder));
  }),
);

Deno.test(
  "runExperiment() ends in the bytes of an undisturbed search when it broke off at any event",
  inSandbox(async ({ folder, load, options }) => {
    const loaded = await load(SEARCH);
    const whole = await runExperiment(loaded, options({ resultsDir: `${folder}/whole` }));
    const files = await committedFiles(whole.folder);
    let boundary = 0;
    for (let isWhole = false; !isWhole; boundary += 3) {
      const settings = options({ resultsDir: `${folder}/${boundary}`, checkpointEvery: 9 });
      let told = 0;
      const observe: RunOptions["observe"] = ({ type }) => {
        if ((type === "epoch" || type === "ended" || type === "rung") && told++ === boundary) {
          throw new Error("broken off");
        }
      };
      isWhole = await runExperiment(loaded, { ...settings, observe }).then(() => true, ({ message }) => {
        assertEquals(message, "broken off");
        return false;
      });
      const { folder: results } = await runExperiment(loaded, settings);
      assertEquals(await committedFiles(results), files, `broken off at event ${boundary}`);
    }
    assert(boundary > 50, `${boundary} events`);
  }),
);

Deno.test(
  "runExperiment() goes on from checkpoints at each rung, and without them starts over to the same bytes",
  inSandbox(async ({ folder, load, options }) => {
    const loaded = await load(SEARCH);
    const epochsOf = async (resultsDir: string, lost: boolean) => {
      const epochs: number[] = [];
      const engine = changedEngine((step) => {
        if (step.event.type === "epoch") epochs.push(step.event.epoch);
        const { checkpoint: _, ...rest } = step;
        return [lost ? rest : step];
      });
      const settings = options({ resultsDir, engine, checkpointEvery: 9 });
      const { folder: results } = await runExperiment(loaded, settings);
      return { epochs, files: await committedFiles(results) };
    };
    const kept = await epochsOf(`${folder}/kept`, false);
    const lost = await epochsOf(`${folder}/lost`, true);
    assertEquals(lost.files, kept.files);
    // 18 trials before training, 16 at epoch 1, six go on to epoch 2, and two to epoch 4.
    assertEquals(kept.epochs.length, 18 + 16 + 6 + 2 * 2);
    assertEquals(lost.epochs.length, kept.epochs.length + 6 * 2 + 2 * 3);
  }),
);

Deno.test(
  "runExperiment() tries a failed trial of a search again, and ends in the bytes of a search without a failure",
  inSandbox(async ({ folder, load, options }) => {
    const loaded = await load(SEARCH);
    const whole = await runExperiment(loaded, options({ resultsDir: `${folder}/whole` }));
    const [{ trial }] = (await summaryOf(whole.folder)).trials.filter(({ status }) => status === "done");
    const failing = changedEngine((step) => {
      if (step.event.trial !== trial || step.event.type === "started") return [step];
      if (step.event.type !== "stopped") return [];
      return [{ worker: 0, event: { type: "failed", trial, reason: "no luck" } }];
    });
    const failed = await runExperiment(loaded, options({ engine: failing }));
    const before = await summaryOf(failed.folder);
    assertEquals(before.counts.failed, 1);
    assertEquals(before.counts.pending, 0);
    const again = await runExperiment(loaded, options());
    assertEquals(await committedFiles(again.folder), await committedFiles(whole.folder));
  }),
);

Deno.test(
  "runExperiment() runs at most maxTrials of a search, and a later run goes on to the same bytes",
  inSandbox(async ({ folder, load, options }) => {
    const loaded = await load(SEARCH);
    const whole = await runExperiment(loaded, options({ resultsDir: `${folder}/whole` }));
    for (const maxTrials of [1, 7, 18, 19, 25]) {
      const settings = options({ resultsDir: `${folder}/${maxTrials}`, maxTrials, checkpointEvery: 9 });
      let runs = 0;
      for (let status = "paused"; status === "paused"; runs++) {
        ({ status } = await runExperiment(loaded, settings));
      }
      assertEquals(runs, Math.ceil((18 + 6 + 2) / maxTrials), `${maxTrials} a run`);
      assertEquals(
        await committedFiles(`${folder}/${maxTrials}/blobs_rate`),
        await committedFiles(whole.folder),
      );
    }
  }),
);

Deno.test(
  "verifyExperiment() finds every byte of a search and of a sample of it again, and a changed one",
  inSandbox(async ({ load, options, resultsDir }) => {
    const loaded = await load(SEARCH);
    const { folder } = await runExperiment(loaded, options());
    const { signal } = new AbortController();
    const differences = async (sample?: number) => {
      const passes = await verifyExperiment(loaded, {
        resultsDir,
        seed: 3,
        sample,
        signal,
        workerCounts: [1, 2],
      });
      return (await Array.fromAsync(passes!)).map((pass) => [pass.trials, pass.differences.length]);
    };
    assertEquals(await differences(), [[18, 0], [18, 0]]);
    assertEquals(await differences(18), [[18, 0], [18, 0]]);
    const path = `${folder}/trials.csv`;
    const text = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, text.replace(",stopped,", ",done,"));
    assertEquals((await differences(18)).map(([, count]) => count), [1, 1]);
  }),
);

Deno.test(
  "runExperiment() ends in the same bytes when workers of a search are lost at any rung",
  inSandbox(async ({ folder, load, options }) => {
    const loaded = await load(SEARCH);
    const whole = await runExperiment(loaded, options({ resultsDir: `${folder}/whole` }));
    let spawned = 0;
    const spawn = () => {
      const module = spawned++ % 2 === 0 ? "../../engine/faulty_worker.ts" : TRIAL_WORKER;
      return spawnSandboxed(new URL(module, import.meta.url), { name: "throws" });
    };
    const engine = workersEngine({ workers: 2, retries: 3, spawn });
    const { folder: results } = await runExperiment(loaded, options({ workers: 2, engine }));
    assert(spawned > 6, `${spawned} workers`);
    assertEquals(await committedFiles(results), await committedFiles(whole.folder));
  }),
);

const TRIAL_WORKER = "../../../lib/engine/threads/trial_worker.ts";
