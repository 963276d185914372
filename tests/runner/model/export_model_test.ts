import { assert, assertEquals, assertRejects } from "@std/assert";
import { BrokenPromiseError, InputError } from "../../../lib/core/check/errors.ts";
import { loadDataset } from "../../../lib/data/load_dataset.ts";
import { inlineEngine } from "../../../lib/engine/inline.ts";
import { modelFromSafetensors } from "../../../lib/export/safetensors_model.ts";
import { exists } from "../../../lib/files/exists.ts";
import type { Summary, TrialResult } from "../../../lib/report/summary/summary.ts";
import { exportModel, type ExportOptions } from "../../../lib/runner/model/export_model.ts";
import { isAbort, runExperiment } from "../../../lib/runner/run/run_experiment.ts";
import { cloneOf } from "../../export/committed_results.ts";
import { onnxScores } from "../../export/onnx_runtime.ts";
import { bestClasses, largestDifference, testScores } from "../../export/trained_models.ts";
import { changedEngine, forbiddenEngine, inSandbox, recorder, type Sandbox } from "../fakes.ts";

function exportOptions({ folder, resultsDir }: Sandbox, changes: Partial<ExportOptions> = {}): ExportOptions {
  return {
    resultsDir,
    cacheDir: `${folder}/cache`,
    format: "safetensors",
    out: `${folder}/model`,
    engine: inlineEngine(),
    signal: new AbortController().signal,
    observe: () => {},
    ...changes,
  };
}

async function readModel(folder: string) {
  return modelFromSafetensors(await Deno.readFile(`${folder}/model`), { path: "model" });
}

function bestOfWinner({ winner, trials }: Summary): TrialResult {
  return trials.filter(({ trial }) => winner!.trials.includes(trial))
    .toSorted((left, right) => right.bestValidationAccuracy! - left.bestValidationAccuracy!)[0];
}

Deno.test(
  "exportModel() writes the winner's best repeat, the same bytes from kept weights and from trained ones",
  inSandbox(async (sandbox) => {
    const loaded = await sandbox.load();
    const { summary, folder } = await runExperiment(loaded, sandbox.options());
    const best = bestOfWinner(summary);
    for (const format of ["safetensors", "onnx"] as const) {
      const files: Uint8Array[] = [];
      const notes: string[] = [];
      const again = async (changes: Partial<ExportOptions>) => {
        const { events, observe } = recorder();
        const { facts } = await exportModel(loaded, exportOptions(sandbox, { format, observe, ...changes }));
        assertEquals(facts.trial, best.trial);
        assertEquals([facts.validationAccuracy, facts.testAccuracy, facts.weightsSha256], [
          best.bestValidationAccuracy,
          best.testAccuracy,
          best.weightsSha256,
        ]);
        files.push(await Deno.readFile(`${sandbox.folder}/model`));
        notes.push(...events.map((event) => event.type === "note" ? event.message : event.type));
      };
      await again({ engine: forbiddenEngine() });
      await Deno.rename(`${folder}/weights`, `${sandbox.folder}/weights`);
      await again({});
      // As in a fresh clone.
      await Deno.rename(`${folder}/journal.jsonl`, `${sandbox.folder}/journal.jsonl`);
      await again({});
      assertEquals([files[1], files[2]], [files[0], files[0]]);
      const note = `The weights of trial ${best.trial} are not kept: it is trained again.`;
      assertEquals(notes, [note, note]);
      await Deno.rename(`${sandbox.folder}/weights`, `${folder}/weights`);
      await Deno.rename(`${sandbox.folder}/journal.jsonl`, `${folder}/journal.jsonl`);
    }
  }),
);

Deno.test(
  "exportModel() writes the trial whose id begins so, and adds nothing to the results",
  inSandbox(async (sandbox) => {
    const loaded = await sandbox.load();
    const { summary, folder } = await runExperiment(loaded, sandbox.options());
    const { trial, weightsSha256 } = summary.trials.find(({ trial, status }) =>
      status === "done" && !summary.winner!.trials.includes(trial)
    )!;
    const listing = async () => {
      const names: string[] = [];
      for await (const { name } of Deno.readDir(`${folder}/weights`)) names.push(name);
      return [names.sort(), await Deno.readTextFile(`${folder}/journal.jsonl`)];
    };
    const before = await listing();
    await exportModel(loaded, exportOptions(sandbox, { trial: trial.slice(0, 8) }));
    const { facts } = await readModel(sandbox.folder);
    assertEquals([facts.trial, facts.weightsSha256, facts.testAccuracy], [trial, weightsSha256!, null]);
    assertEquals(await listing(), before);
  }),
);

Deno.test(
  "exportModel() stops when training a trial again gives other weights",
  inSandbox(async (sandbox) => {
    const loaded = await sandbox.load();
    const { summary, folder } = await runExperiment(loaded, sandbox.options());
    await Deno.remove(`${folder}/weights`, { recursive: true });
    const { trial, weightsSha256 } = summary.trials[0];
    const engine = changedEngine((event) => [
      event.event.type === "done"
        ? { ...event, event: { ...event.event, weightsSha256: "0".repeat(64) } }
        : event,
    ]);
    const error = await assertRejects(
      () => exportModel(loaded, exportOptions(sandbox, { trial, engine })),
      BrokenPromiseError,
    );
    assertEquals(
      error.message,
      `Cannot export ${trial}: training it again must give weights with the SHA-256 ${weightsSha256}, ` +
        `found ${"0".repeat(64)}`,
    );
  }),
);

Deno.test(
  "exportModel() writes nothing when it is stopped",
  inSandbox(async (sandbox) => {
    const loaded = await sandbox.load();
    const { folder } = await runExperiment(loaded, sandbox.options());
    await Deno.remove(`${folder}/weights`, { recursive: true });
    const signal = AbortSignal.abort();
    const error = await assertRejects(() => exportModel(loaded, exportOptions(sandbox, { signal })));
    assertEquals(isAbort(error, signal), true);
    assertEquals(await exists(`${sandbox.folder}/model`), false);
  }),
);

Deno.test(
  "exportModel() throws when there is nothing to export, or no place for it",
  inSandbox(async (sandbox) => {
    const loaded = await sandbox.load();
    const { folder, resultsDir } = sandbox;
    const fails = async (changes: Partial<ExportOptions>, message: string) => {
      const run = () =>
        exportModel(loaded, exportOptions(sandbox, { engine: forbiddenEngine(), ...changes }));
      assertEquals((await assertRejects(run, InputError)).message, `Cannot export ${message}`);
    };
    const { file } = loaded;
    await fails(
      {},
      `from blobs_rate: there is no journal and no summary in ${resultsDir}/blobs_rate; ` +
        `run ${file}`,
    );
    await runExperiment(loaded, sandbox.options({ only: [{ axis: "rate", value: "0.1" }] }));
    await fails(
      {},
      "the winner of blobs_rate: every trial must have ended, found 4 of 6 pending; run " +
        `${file}, or name a trial with --trial`,
    );
    const { summary } = await runExperiment(loaded, sandbox.options());
    const ids = summary.trials.map(({ trial }) => trial);
    const { trial, reason } = summary.trials.find(({ status }) => status === "diverged")!;
    await fails({ trial }, `${trial}: it must have trained to its end, found it diverged, ${reason}`);
    await fails(
      { trial: "x" },
      `x: --trial must be the beginning of one trial's id; run ${file} --dry-run lists them`,
    );
    await fails(
      { trial: "" },
      `: --trial must be the beginning of one trial's id, found ${ids.slice(0, 3).join(", ")} and 3 more`,
    );
    await fails(
      { out: `${folder}/none/model` },
      `to ${folder}/none/model: --out must be in a folder that exists, found ${folder}/none`,
    );
    await fails({ out: folder }, `to ${folder}: --out must be a file, found a folder`);
    const changed = await sandbox.load({ "seed: 7": "seed: 8" });
    await Deno.remove(`${resultsDir}/blobs_rate/journal.jsonl`);
    const error = await assertRejects(() => exportModel(changed, exportOptions(sandbox)), InputError);
    assertEquals(
      error.message,
      `Cannot export the winner of blobs_rate: ${resultsDir}/blobs_rate must be of this grid, found trial ` +
        `${bestOfWinner(summary).trial}, which is not in it; run ${changed.file}`,
    );
  }),
);

/** Committed winners, and the largest difference between a score of Seedbed's and one of ONNX Runtime's. */
const WINNERS = [
  ["iris_csv", 1e-5],
  ["mnist_quickstart", 5e-5],
] as const;

for (const [name, largest] of WINNERS) {
  Deno.test(
    `exportModel() gives ONNX Runtime the scores of the whole test split when ${name}'s winner is exported`,
    inSandbox(async (sandbox) => {
      const loaded = await cloneOf(name, sandbox);
      const options = exportOptions(sandbox, { cacheDir: undefined });
      const { facts } = await exportModel(loaded, options);
      const model = await readModel(sandbox.folder);
      await exportModel(loaded, { ...options, format: "onnx" });
      const file = await Deno.readFile(`${sandbox.folder}/model`);

      const dataset = await loadDataset(loaded.experiment.data, { baseDir: loaded.baseDir });
      const { test, inputDim, numClasses } = dataset;
      const wanted = testScores(model, dataset);
      const [found] = await onnxScores([{ model: file, x: test.x, inputDim }]);
      const classes = bestClasses(found, { numClasses });
      assertEquals(classes, bestClasses(wanted, { numClasses }));
      assertEquals(
        classes.filter((label, row) => label === test.labels[row]).length / test.n,
        facts.testAccuracy,
      );
      const difference = largestDifference(found, wanted);
      assert(difference <= largest, `scores differ by ${difference}`);
    }),
  );
}
