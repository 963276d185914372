import { assertEquals } from "@std/assert";
import { inlineEngine } from "../../../lib/engine/inline.ts";
import { verifyExperiment, type VerifyOptions } from "../../../lib/runner/check/verify_experiment.ts";
import type { LoadedExperiment } from "../../../lib/runner/plan/load_experiment.ts";
import { runExperiment } from "../../../lib/runner/run/run_experiment.ts";
import { committedNames, inSandbox } from "../fakes.ts";

async function verify(
  loaded: LoadedExperiment,
  options: Pick<VerifyOptions, "resultsDir"> & Partial<VerifyOptions>,
) {
  const signal = new AbortController().signal;
  const passes = await verifyExperiment(loaded, {
    seed: 3,
    engine: () => inlineEngine(),
    signal,
    ...options,
  });
  return passes === null ? null : await Array.fromAsync(passes);
}

Deno.test(
  "verifyExperiment() finds every byte the same with 1, 2 and 3 workers, and writes nothing",
  inSandbox(async ({ resultsDir, load, options }) => {
    const loaded = await load();
    const { folder } = await runExperiment(loaded, options());
    const list = () => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    const before = list();
    const same = (trials: number) => [1, 2, 3].map((workers) => ({ workers, trials, differences: [] }));
    assertEquals(await verify(loaded, { resultsDir, engine: undefined }), same(6));
    for (let seed = 0; seed < 5; seed++) {
      assertEquals(await verify(loaded, { resultsDir, seed, sample: 2 }), same(2));
    }
    assertEquals(await verify(loaded, { resultsDir, sample: 100 }), same(6));
    assertEquals(list(), before);
  }),
);

Deno.test(
  "verifyExperiment() shows the committed line and the true one when a byte was changed",
  inSandbox(async ({ resultsDir, load, options }) => {
    const loaded = await load();
    const { folder } = await runExperiment(loaded, options());
    for (const file of await committedNames(folder)) {
      const text = await Deno.readTextFile(`${folder}/${file}`);
      const lines = text.split("\n");
      // The last figure in the file is of a trial, of an epoch, or of the summary.
      const at = text.search(/[0-9](?=[^0-9]*$)/);
      const changed = text.slice(0, at) + (text[at] === "1" ? "2" : "1") + text.slice(at + 1);
      await Deno.writeTextFile(`${folder}/${file}`, changed);
      const line = changed.split("\n").findIndex((other, i) => other !== lines[i]);
      const differences = [{ file, committed: changed.split("\n")[line], found: lines[line] }];
      assertEquals(await verify(loaded, { resultsDir, workerCounts: [2] }), [{
        workers: 2,
        trials: 6,
        differences,
      }]);
      await Deno.writeTextFile(`${folder}/${file}`, text);
    }
  }),
);

Deno.test(
  "verifyExperiment() compares the rows of a sample, those that met the test split too",
  inSandbox(async ({ resultsDir, load, options }) => {
    const loaded = await load();
    const { folder, summary } = await runExperiment(loaded, options());
    const path = `${folder}/trials.csv`;
    const tested = summary.winner!.trials[0];
    const committed = (await Deno.readTextFile(path)).replace(
      new RegExp(`^(${tested},.*,)[0-9.]+(,[0-9a-f]{64},)`, "m"),
      "$10.5$2",
    );
    await Deno.writeTextFile(path, committed);
    const found = (await verify(loaded, { resultsDir, sample: 6, workerCounts: [1] }))![0].differences;
    assertEquals(found.map(({ file, committed }) => [file, committed?.split(",")[0]]), [[
      "trials.csv",
      tested,
    ]]);
  }),
);

Deno.test(
  "verifyExperiment() returns null when there is nothing to compare with",
  inSandbox(async ({ resultsDir, load }) => {
    assertEquals(await verify(await load(), { resultsDir }), null);
  }),
);
