// Several sources together: a table's model, from the experiment to its files and predictions.
import { assert, assertEquals } from "@std/assert";
import type { TableSpec } from "../../../lib/data/base/data_spec.ts";
import { featureNames } from "../../../lib/data/base/preparation.ts";
import { foldDataset } from "../../../lib/data/folds/fold_dataset.ts";
import { loadDataset } from "../../../lib/data/load_dataset.ts";
import { inlineEngine } from "../../../lib/engine/inline.ts";
import { predictRows } from "../../../lib/export/predict_rows.ts";
import { modelFromSafetensors } from "../../../lib/export/safetensors_model.ts";
import { exportModel } from "../../../lib/runner/model/export_model.ts";
import { predictFiles, type Predictions } from "../../../lib/runner/model/predict_files.ts";
import { runExperiment } from "../../../lib/runner/run/run_experiment.ts";
import { FIELDS, mixedRows } from "../../export/mixed_rows.ts";
import { onnxScores } from "../../export/onnx_runtime.ts";
import { csvOf } from "../../export/table_models.ts";
import { bestClasses } from "../../export/trained_models.ts";
import { inSandbox, type Sandbox } from "../fakes.ts";

/** Returns what to replace in the experiment, so that it is on a table. */
function onTable(file: string, fields: object = {}): Readonly<Record<string, string>> {
  return {
    "import { blobs": "import { table",
    "data: blobs({ numClasses: 3, inputDim: 4, spread: 0.4, train: 60, validation: 20, test: 20 })":
      `data: table(${JSON.stringify({ file, ...FIELDS, ...fields })})`,
    "rate: [0.001, 0.1, 1e30]": "rate: [0.01]",
    "repeats: 2": "repeats: 1",
  };
}

interface Exported {
  readonly loaded: Awaited<ReturnType<Sandbox["load"]>>;
  readonly trials: readonly string[];
}

async function runOn(
  { load, options }: Sandbox,
  changes: Readonly<Record<string, string>>,
): Promise<Exported> {
  const loaded = await load(changes);
  const { summary } = await runExperiment(loaded, options());
  return { loaded, trials: summary.trials.map(({ trial }) => trial) };
}

function exportTo(
  out: string,
  { loaded, trial, sandbox }: {
    readonly loaded: Exported["loaded"];
    readonly trial?: string;
    readonly sandbox: Sandbox;
  },
) {
  const { folder, resultsDir } = sandbox;
  const format = out.endsWith(".onnx") ? "onnx" : "safetensors";
  const { signal } = new AbortController();
  const engine = inlineEngine();
  const base = { resultsDir, cacheDir: `${folder}/cache`, engine, signal, observe: () => {} };
  return exportModel(loaded, { ...base, format, out, ...trial === undefined ? {} : { trial } });
}

type ClassPredictions = Extract<Predictions, { readonly kind: "class" }>;

Deno.test(
  "exportModel() keeps how a table was prepared, so that predictFiles() and ONNX Runtime take its raw rows",
  inSandbox(async (sandbox) => {
    const { folder } = sandbox;
    const texts = mixedRows(300, { seed: "table_model", unseen: false });
    const file = `${folder}/table.csv`;
    await Deno.writeTextFile(file, csvOf(texts));
    const { loaded } = await runOn(sandbox, onTable(file));
    const out = `${folder}/model.safetensors`;
    const { facts } = await exportTo(out, { loaded, sandbox });
    const dataset = await loadDataset(loaded.experiment.data, { cacheDir: `${folder}/cache` });
    assertEquals(facts.preparation, dataset.preparation);
    assertEquals(facts.featureNames, dataset.featureNames!);
    const model = modelFromSafetensors(await Deno.readFile(out), { path: out });
    const { rows: predicted } = await predictFiles(out, [file]) as ClassPredictions;
    assertEquals(predicted.map(({ label }) => label), [...texts.class]);
    for (const split of [dataset.train, dataset.validation, dataset.test]) {
      const own = predictRows(model, { x: split.x, rowName: String });
      own.forEach(({ label, probability }, row) => {
        // The first line is the header.
        const found = predicted[split.lines![row] - 2];
        assertEquals([found.class, found.probability], [facts.classNames[label], probability]);
      });
    }
    await exportTo(`${folder}/model.onnx`, { loaded, sandbox });
    const columns = Object.fromEntries(
      facts.preparation!.columns.map(({ name, kind }) => [
        name,
        kind === "numeric"
          ? texts[name].map((text) => ["", "?", "n.a. (x)"].includes(text.trim()) ? NaN : Number(text))
          : texts[name],
      ]),
    );
    const [scores] = await onnxScores([{ model: await Deno.readFile(`${folder}/model.onnx`), columns }]);
    assertEquals(
      bestClasses(scores, { numClasses: 3 }).map((label) => facts.classNames[label]),
      predicted.map((prediction) => prediction.class),
    );
  }),
);

Deno.test(
  "exportModel() writes the preparation of a trial's own fold, with as many features as that has",
  inSandbox(async (sandbox) => {
    const { folder } = sandbox;
    // A category of one row is a feature of the folds that train on it.
    const rows = Array.from({ length: 40 }, (_, row) => ({
      size: String(row % 7),
      colour: row % 9 === 0 ? `grey${row}` : ["red", "green"][row % 2],
      class: ["a", "b"][Math.floor(row / 2) % 2],
    }));
    const texts = {
      size: rows.map(({ size }) => size),
      colour: rows.map(({ colour }) => colour),
      class: rows.map((row) => row.class),
    };
    const file = `${folder}/table.csv`;
    await Deno.writeTextFile(file, csvOf(texts));
    const fields = { columns: {}, missing: {}, folds: 4 };
    const { loaded, trials } = await runOn(sandbox, onTable(file, fields));
    const dataset = await loadDataset(loaded.experiment.data, { cacheDir: `${folder}/cache` });
    const { folds } = loaded.experiment.data as TableSpec;
    const counts: number[] = [];
    for (const trial of trials) {
      const out = `${folder}/${trial}.safetensors`;
      const { facts } = await exportTo(out, { loaded, trial, sandbox });
      const own = foldDataset(dataset, { folds: folds!, fold: facts.fold! });
      assertEquals(facts.preparation, own.preparation);
      assertEquals([facts.inputDim, facts.featureNames], [own.inputDim, featureNames(own.preparation!)]);
      assertEquals((await predictFiles(out, [file])).rows.length, rows.length);
      counts.push(facts.inputDim);
    }
    assertEquals(counts.length, 4);
    assert(new Set(counts).size > 1, `${counts}`);
  }),
);
