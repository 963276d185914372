import { assertEquals, assertRejects } from "@std/assert";
// @ts-types="npm:@types/pngjs@6.0.5"
import { PNG } from "pngjs";
import { InputError } from "../../lib/core/errors.ts";
import { loadDataset } from "../../lib/data/load_dataset.ts";
import { inlineEngine } from "../../lib/engine/inline.ts";
import { predictRows } from "../../lib/export/predict_rows.ts";
import { modelToSafetensors } from "../../lib/export/safetensors_model.ts";
import type { TrainedModel } from "../../lib/export/trained_model.ts";
import { exportModel, type ExportOutcome } from "../../lib/runner/export_model.ts";
import type { LoadedExperiment } from "../../lib/runner/load_experiment.ts";
import { predictFiles } from "../../lib/runner/predict_files.ts";
import { cloneOf } from "../export/committed_results.ts";
import { trainModel } from "../export/trained_models.ts";
import { inSandbox } from "./fakes.ts";

const IRISES = new URL("../../experiments/data/iris.csv", import.meta.url).pathname;

function exportIris(
  loaded: LoadedExperiment,
  options: { readonly resultsDir: string; readonly out: string },
): Promise<ExportOutcome> {
  const { signal } = new AbortController();
  const engine = inlineEngine();
  return exportModel(loaded, { ...options, format: "safetensors", engine, signal, observe: () => {} });
}

/** Trains a net on rows of 19 features, and says that they are images of one line. */
function imageModel(): TrainedModel {
  const model = trainModel({ hiddenDims: [13], normalization: "batchnorm" });
  return { ...model, facts: { ...model.facts, image: { width: 19, height: 1, channels: 1 } } };
}

function grey(row: Uint8Array): Uint8Array {
  const png = new PNG({ width: row.length, height: 1 });
  row.forEach((value, i) => png.data.set([value, value, value, 255], 4 * i));
  return PNG.sync.write(png);
}

Deno.test(
  "predictFiles() takes a CSV file's columns by their names, and gives each row of the test split its class",
  inSandbox(async ({ folder, resultsDir }) => {
    const loaded = await cloneOf("iris_csv", { resultsDir });
    const out = `${folder}/model`;
    const { facts } = await exportIris(loaded, { resultsDir, out });
    const { test, inputDim, classNames } = await loadDataset(loaded.experiment.data, loaded);
    const rows = Array.from(
      { length: test.n },
      (_, row) => [...test.x.slice(row * inputDim, (row + 1) * inputDim), classNames[test.labels[row]]],
    );
    const columns = [...facts.featureNames!, "species"];
    const write = async (file: string, order: readonly string[]) => {
      const picked = rows.map((row) => order.map((column) => row[columns.indexOf(column)] ?? "-"));
      await Deno.writeTextFile(file, [order, ...picked].map((row) => row.join(",")).join("\n"));
    };
    await write(`${folder}/labelled.csv`, columns);
    await write(`${folder}/bare.csv`, ["name", ...facts.featureNames!.toReversed()]);
    const labelled = await predictFiles(out, [`${folder}/labelled.csv`]);
    const right = labelled.filter((prediction) => prediction.class === prediction.label).length;
    assertEquals(right / test.n, facts.testAccuracy);
    assertEquals(labelled.map(({ row }) => row), rows.map((_, i) => i + 1));
    const bare = await predictFiles(out, [`${folder}/bare.csv`]);
    assertEquals(
      bare,
      labelled.map((prediction) => ({ ...prediction, file: `${folder}/bare.csv`, label: null })),
    );
  }),
);

Deno.test(
  "predictFiles() gives pictures the classes of their bytes, whatever stands beside them",
  inSandbox(async ({ folder }) => {
    const model = imageModel();
    await Deno.writeFile(`${folder}/model`, modelToSafetensors(model));
    const n = 300;
    // Between 0 and 7, where the classes are.
    const x = Uint8Array.from({ length: n * 19 }, (_, i) => (i * i) % 8);
    const files = Array.from({ length: n }, (_, row) => `${folder}/${row}.png`);
    for (const [row, file] of files.entries()) {
      await Deno.writeFile(file, grey(x.subarray(row * 19, (row + 1) * 19)));
    }
    const predictions = await predictFiles(`${folder}/model`, files);
    const wanted = predictRows(model, x).map(({ label, probability }, row) => ({
      ...{ file: files[row], row: 1, class: model.facts.classNames[label], probability, label: null },
    }));
    assertEquals(predictions, wanted);
    assertEquals(await predictFiles(`${folder}/model`, [files[7]]), [wanted[7]]);
  }),
);

Deno.test("predictRows() gives the softmax of the scores", () => {
  const model = trainModel({ hiddenDims: [13] });
  const x = Float32Array.from({ length: 19 }, (_, i) => i / 19);
  const centred = x.map((value, i) => value - model.mean[i]);
  const scores = [...model.net.scores({ rows: 1, cols: 19, data: centred }).data];
  const sum = scores.reduce((total, score) => total + Math.exp(score), 0);
  const best = scores.indexOf(Math.max(...scores));
  const [{ label, probability }] = predictRows(model, x);
  assertEquals(label, best);
  assertEquals(Math.abs(probability - Math.exp(scores[best]) / sum) < 1e-12, true);
});

const IRIS_HEADER = "sepal_length,sepal_width,petal_length,petal_width";

/** What stands in a file of that name, and what is wrong with it for a model of irises. */
const badTables: readonly (readonly [text: string, message: string])[] = [
  [
    "sepal_length,sepal_width,petal_length\n1,2,3\n",
    'Cannot read data: f.csv line 1: a column must be the feature "petal_width", found sepal_length, sepal_width, ' +
    "petal_length",
  ],
  [`${IRIS_HEADER}\n`, "Cannot read data: f.csv line 1: a row must follow, found none"],
  [
    `${IRIS_HEADER}\n1,2,3,4\n\n1,2,x,4\n`,
    'Cannot read data: f.csv line 4, column "petal_length": a feature must be a number, found "x"',
  ],
  [
    `${IRIS_HEADER}\n1,2,3\n`,
    "Cannot read data: f.csv line 2: a row must have 4 fields as the header has, found 3",
  ],
  [
    `${IRIS_HEADER},species\n1,2,3,4,rose\n`,
    'Cannot read data: f.csv line 2, column "species": a label must be one of "setosa", "versicolor", "virginica", found ' +
    '"rose"',
  ],
];

Deno.test(
  "predictFiles() throws when a table does not hold what the model takes",
  inSandbox(async ({ folder, resultsDir }) => {
    const loaded = await cloneOf("iris_csv", { resultsDir });
    const out = `${folder}/model`;
    await exportIris(loaded, { resultsDir, out });
    for (const [text, message] of badTables) {
      await Deno.writeTextFile(`${folder}/f.csv`, text);
      const error = await assertRejects(() => predictFiles(out, [IRISES, `${folder}/f.csv`]), InputError);
      assertEquals(error.message.replace(`${folder}/`, ""), message);
    }
  }),
);

Deno.test(
  "predictFiles() throws when a model or a file is of another kind",
  inSandbox(async ({ folder }) => {
    const bytes = modelToSafetensors(imageModel());
    await Deno.writeFile(`${folder}/model`, bytes);
    await Deno.writeFile(`${folder}/bare`, modelToSafetensors(trainModel({ hiddenDims: [] })));
    await Deno.writeFile(`${folder}/torn`, bytes.subarray(0, -1));
    await Deno.writeTextFile(`${folder}/f.csv`, "a,b\n1,2\n");
    await Deno.writeTextFile(`${folder}/f.png`, "no picture");
    await Deno.writeFile(`${folder}/small.png`, grey(Uint8Array.of(1, 2)));
    await Deno.mkdir(`${folder}/folder.csv`);
    const cases: readonly (readonly [model: string, file: string, message: string])[] = [
      ["none", "f.csv", "Cannot read none: there must be such a file, found none"],
      [
        "model.onnx",
        "f.csv",
        "Cannot predict with model.onnx: it must be a safetensors file, found ONNX; export the model with --format " +
        "safetensors",
      ],
      [
        "f.csv",
        "f.csv",
        "Cannot read f.csv: it must be a safetensors file, found a header of 734698278354037857 bytes in a file of 8",
      ],
      ["torn", "f.csv", "Cannot read torn: it must hold 1604 bytes of tensors, found 1603"],
      ["model", "none.csv", "Cannot read none.csv: there must be such a file, found none"],
      ["model", "folder.csv", "Cannot read folder.csv: Is a directory (os error 21): readfile 'folder.csv'"],
      ["model", "f.gif", "Cannot predict f.gif: its name must end in .csv or .png, found neither"],
      [
        "bare",
        "f.png",
        "Cannot predict f.png: the model must have been trained on images, found blobs data; it takes a .csv",
      ],
      [
        "model",
        "f.csv",
        "Cannot read data: f.csv line 1: the columns must be the model's 19 features in their order, found 2",
      ],
      ["model", "f.png", "Cannot read f.png: it must be a PNG picture, found another file"],
      ["model", "small.png", "Cannot read small.png: it must be a picture of 19 x 1 pixels, found 2 x 1"],
    ];
    for (const [model, file, message] of cases) {
      const run = () => predictFiles(`${folder}/${model}`, [`${folder}/${file}`]);
      const error = await assertRejects(run, InputError);
      assertEquals(error.message.replaceAll(`${folder}/`, ""), message);
    }
  }),
);
