import { assertEquals, assertNotEquals } from "@std/assert";
import { inlineEngine } from "../../../lib/engine/inline.ts";
import { workersEngine } from "../../../lib/engine/threads/workers.ts";
import { TrialCache } from "../../../lib/runner/check/trial_cache.ts";
import { trustingEngine } from "../../../lib/runner/check/trusting_engine.ts";
import { codeDigest } from "../../../lib/runner/files/code_digest.ts";
import { planRun } from "../../../lib/runner/plan/plan_run.ts";
import { readResults } from "../../../lib/runner/results/read_results.ts";
import { runExperiment } from "../../../lib/runner/run/run_experiment.ts";
import { inSandbox, type Sandbox } from "../fakes.ts";

/** Runs the experiment with a cache, and returns the trials that were not trained. */
async function runTrusting({ folder, load, options }: Sandbox, name: string): Promise<readonly string[]> {
  const trusted: string[] = [];
  const cache = await TrialCache.open(`${folder}/cache`);
  const engine = trustingEngine(inlineEngine(), { cache, onTrusted: (trial) => trusted.push(trial) });
  await runExperiment(await load(), options({ engine, resultsDir: `${folder}/${name}` }));
  return trusted;
}

async function cachedFiles(folder: string): Promise<readonly string[]> {
  const [{ name: code }] = await Array.fromAsync(Deno.readDir(`${folder}/cache`));
  const names = (await Array.fromAsync(Deno.readDir(`${folder}/cache/${code}`))).map(({ name }) => name);
  return names.sort().map((name) => `${folder}/cache/${code}/${name}`);
}

Deno.test(
  "trustingEngine() yields kept trials as they were, the test split's results among them",
  inSandbox(async (sandbox) => {
    const { folder, load } = sandbox;
    const { grid: { trials } } = await planRun(await load(), { resultsDir: folder });
    const ids = trials.map(({ id }) => id);
    assertEquals(await runTrusting(sandbox, "first"), []);
    assertEquals(await runTrusting(sandbox, "second"), ids);
    const [first, second] = await Promise.all(
      ["first", "second"].map((name) => readResults(`${folder}/${name}/blobs_rate`)),
    );
    assertEquals({ ...second, folder: "" }, { ...first, folder: "" });
    assertNotEquals(first!.summary.winner?.testAccuracy, undefined);
  }),
);

const DAMAGES: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array<ArrayBuffer>>> = {
  "is empty": () => new Uint8Array(),
  "lost its end": (bytes) => bytes.slice(0, -1),
  "has another bit in its weights": (bytes) =>
    bytes.map((byte, at) => at === bytes.length - 1 ? byte ^ 1 : byte),
  "has another digit in its records": (bytes) => bytes.map((byte, at) => at === 40 ? byte ^ 1 : byte),
  "has one record less": (bytes) => bytes.slice(bytes.indexOf(0x0a) + 1),
};

for (const [what, damage] of Object.entries(DAMAGES)) {
  Deno.test(
    `trustingEngine() trains a trial again whose file ${what}`,
    inSandbox(async (sandbox) => {
      await runTrusting(sandbox, "first");
      const files = await cachedFiles(sandbox.folder);
      // Of a trial that is done; one that diverged has no weights.
      const sizes = await Promise.all(files.map(async (path) => (await Deno.stat(path)).size));
      const path = files[sizes.indexOf(Math.max(...sizes))];
      const whole = await Deno.readFile(path);
      await Deno.writeFile(path, damage(whole));
      assertEquals((await runTrusting(sandbox, "second")).length, files.length - 1);
      assertEquals(await Deno.readFile(path), whole);
    }),
  );
}

Deno.test(
  "trustingEngine() does not take the file of another trial for its own",
  inSandbox(async (sandbox) => {
    await runTrusting(sandbox, "first");
    const [one, other, ...others] = await cachedFiles(sandbox.folder);
    await Deno.copyFile(one, other);
    assertEquals((await runTrusting(sandbox, "second")).length, others.length + 1);
  }),
);

Deno.test("codeDigest() is the same for the same code", async () => {
  const digest = await codeDigest();
  assertEquals([digest.length, await codeDigest()], [64, digest]);
});

Deno.test(
  "workersEngine() starts no trial after noNewTrials aborts, and ends those that run",
  inSandbox(async ({ load, options }) => {
    const enough = new AbortController();
    const engine = workersEngine({ workers: 1, noNewTrials: enough.signal });
    const { status, summary } = await runExperiment(
      // The first trial runs long enough for its first epoch to be seen.
      await load({ "epochs: 2": "epochs: 3000" }),
      options({
        engine,
        observe: (event) => {
          if (event.type === "epoch") enough.abort();
        },
      }),
    );
    assertEquals([status, summary.counts.pending, summary.counts.done], ["stopped", 5, 1]);
  }),
);
