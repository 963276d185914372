import { assertEquals, assertRejects } from "@std/assert";
// @ts-types="npm:@types/pngjs@6.0.5"
import { PNG } from "pngjs";
import { InputError, UnpredictableError } from "../../../lib/core/check/errors.ts";
import { loadDataset } from "../../../lib/data/load_dataset.ts";
import { inlineEngine } from "../../../lib/engine/inline.ts";
import { predictRows } from "../../../lib/export/predict_rows.ts";
import { modelToSafetensors } from "../../../lib/export/safetensors_model.ts";
import type { TrainedModel } from "../../../lib/export/trained_model.ts";
import { exportModel, type ExportOutcome } from "../../../lib/runner/model/export_model.ts";
import { predictFiles, type Prediction } from "../../../lib/runner/model/predict_files.ts";
import type { LoadedExperiment } from "../../../lib/runner/plan/load_experiment.ts";
import { runExperiment } from "../../../lib/runner/run/run_experiment.ts";
import { cloneOf } from "../../export/committed_results.ts";
import { trainModel } from "../../export/trained_models.ts";
import { inSandbox } from "../fakes.ts";

const IRISES = new URL("../../../experiments/data/iris.csv", import.meta.url).pathname;

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
    const labelled = await predictClasses(out, [`${folder}/labelled.csv`]);
    const right = labelled.filter((prediction) => prediction.class === prediction.label).length;
    assertEquals(right / test.n, facts.testAccuracy);
    assertEquals(labelled.map(({ row }) => row), rows.map((_, i) => i + 1));
    const bare = await predictClasses(out, [`${folder}/bare.csv`]);
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
    const predictions = await predictClasses(`${folder}/model`, files);
    const wanted = predictRows(model, { x, rowName: String }).map(({ label, probability }, row) => ({
      ...{ file: files[row], row: 1, class: model.facts.classNames[label], probability, label: null },
    }));
    assertEquals(predictions, wanted);
    assertEquals(await predictClasses(`${folder}/model`, [files[7]]), [wanted[7]]);
  }),
);

Deno.test(
  "predictFiles() takes no label from a field that stands for none, and minds no column that it does not need",
  inSandbox(async ({ folder, resultsDir }) => {
    const loaded = await cloneOf("iris_csv", { resultsDir });
    await exportIris(loaded, { resultsDir, out: `${folder}/model` });
    const labels = ["", " ", "?", "NA", "nan", "null", "setosa"];
    const rows = labels.map((label) => `0,5.1,3.5,1.4,0.2,a,b,${label}`);
    await Deno.writeTextFile(`${folder}/f.csv`, [`,${IRIS_HEADER},note,note,species`, ...rows].join("\n"));
    const predictions = await predictClasses(`${folder}/model`, [`${folder}/f.csv`]);
    assertEquals(
      predictions.map(({ class: name, label }) => [name, label]),
      labels.map((label) => ["setosa", label === "setosa" ? label : null]),
    );
  }),
);

Deno.test(
  "predictFiles() predicts more rows than a call may have arguments",
  inSandbox(async ({ folder }) => {
    await Deno.writeFile(`${folder}/model`, modelToSafetensors(trainModel({ hiddenDims: [] })));
    const header = Array.from({ length: 19 }, (_, i) => `c${i}`).join(",");
    const rows = 150_000;
    await Deno.writeTextFile(`${folder}/f.csv`, `${header}\n${`${"1,".repeat(18)}1\n`.repeat(rows)}`);
    assertEquals((await predictClasses(`${folder}/model`, [`${folder}/f.csv`])).length, rows);
  }),
);

Deno.test(
  "predictFiles() names the row whose scores overflow, and predicts nothing",
  inSandbox(async ({ folder, resultsDir }) => {
    const loaded = await cloneOf("iris_csv", { resultsDir });
    await exportIris(loaded, { resultsDir, out: `${folder}/model` });
    const file = `${folder}/f.csv`;
    await Deno.writeTextFile(file, `${IRIS_HEADER}\n1,2,3,4\n3e38,-3e38,3e38,-3e38\n`);
    const error = await assertRejects(
      () => predictFiles(`${folder}/model`, [IRISES, file]),
      UnpredictableError,
    );
    assertEquals(
      error.message,
      `Cannot predict ${file} row 2: every score must be finite, but the score of class 0 is NaN; its ` +
        "features are too large for the net",
    );
  }),
);

Deno.test(
  "predictFiles() reads no tensor when the header of a model is wrong, however long the file is",
  inSandbox(async ({ folder }) => {
    const bytes = modelToSafetensors(trainModel({ hiddenDims: [] }));
    await Deno.writeFile(`${folder}/model`, bytes);
    // Longer than any memory; the disk keeps no byte of what is not written.
    await Deno.truncate(`${folder}/model`, 2 ** 42);
    const error = await assertRejects(() => predictFiles(`${folder}/model`, [IRISES]), InputError);
    const header = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
    assertEquals(
      error.message,
      `Cannot read ${folder}/model: it must hold ${bytes.length - header} bytes of tensors, found ${
        2 ** 42 - header
      }`,
    );
  }),
);

const IRIS_HEADER = "sepal_length,sepal_width,petal_length,petal_width";

/** What stands in a file of that name, and what is wrong with it for a model of irises. */
const badTables: readonly (readonly [text: string, message: string])[] = [
  [
    "sepal_length,sepal_width,petal_length\n1,2,3\n",
    'Cannot read data: f.csv line 1: a column must be the feature "petal_width", found "sepal_length", ' +
    '"sepal_width", "petal_length"',
  ],
  [
    "sepal_length,sepal_width,petal_length,Petal_Width \n1,2,3,4\n",
    'Cannot read data: f.csv line 1: a column must be the feature "petal_width", found "sepal_length", ' +
    '"sepal_width", "petal_length", "Petal_Width "; "Petal_Width " differs by capital letters, blanks or signs that ' +
    "look alike only",
  ],
  [
    `${IRIS_HEADER.replaceAll(",", ";")}\n1;2;3;4\n`,
    'Cannot read data: f.csv line 1: a column must be the feature "sepal_length", found ' +
    '"sepal_length;sepal_width;petal_length;petal_width"; fields must be separated by commas, not by ";"',
  ],
  [
    `${IRIS_HEADER.replaceAll(",", ";")}\n1,5;2;3;4\n`,
    "Cannot read data: f.csv line 2: a row must have 1 fields as the header has, found 2; fields must be " +
    'separated by commas, not by ";"',
  ],
  [
    `${IRIS_HEADER},petal_width\n1,2,3,4,5\n`,
    'Cannot read data: f.csv line 1: a column must be named once, found "petal_width" twice',
  ],
  [
    `${IRIS_HEADER},species,species\n1,2,3,4,setosa,virginica\n`,
    'Cannot read data: f.csv line 1: a column must be named once, found "species" twice',
  ],
  [
    `${Array.from({ length: 5000 }, (_, i) => `c${i}`)}\n${Array(5000).fill(1)}\n`,
    'Cannot read data: f.csv line 1: a column must be the feature "sepal_length", found ' +
    `${Array.from({ length: 8 }, (_, i) => `"c${i}"`).join(", ")} and 4992 more`,
  ],
  [`${IRIS_HEADER}\n`, "Cannot read data: f.csv line 1: no row follows"],
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
      ["none", "f.csv", "Cannot read none: file not found"],
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
      ["model", "none.csv", "Cannot read none.csv: file not found"],
      ["model", "folder.csv", "Cannot read folder.csv: it must be a file, found a folder"],
      [
        "model",
        "f.gif",
        "Cannot predict f.gif: its name must end in .csv, .tsv, .gz after one of them, or .png",
      ],
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

Deno.test(
  "predictFiles() reads rows as the model's own data set was read: without a header, in float64, with a label or not",
  inSandbox(async ({ folder, resultsDir, load, options }) => {
    const rows = Array.from({ length: 60 }, (_, row) => `${1699999970 + row},${row < 30 ? "a" : "b"}`);
    const file = `${folder}/rows.csv`;
    await Deno.writeTextFile(file, rows.join("\n"));
    await Deno.writeTextFile(`${folder}/bare.csv`, rows.map((row) => row.split(",")[0]).join("\n"));
    const loaded = await load({
      "import { blobs": "import { csvDataset",
      "data: blobs({ numClasses: 3, inputDim: 4, spread: 0.4, train: 60, validation: 20, test: 20 })":
        `data: csvDataset({ file: "${file}", label: "column2", classes: ["a", "b"], header: false, dtype: "float64", ` +
        "train: 40, validation: 10, test: 10 })",
      "rate: [0.001, 0.1, 1e30]": "rate: [0.1]",
      "epochs: 2": "epochs: 30",
    });
    const { summary } = await runExperiment(loaded, options());
    assertEquals(summary.winner?.validationAccuracy?.mean, 1);
    const out = `${folder}/model`;
    await exportIris(loaded, { resultsDir, out });
    const predicted = await predictClasses(out, [file, `${folder}/bare.csv`]);
    const classes = rows.map((row) => row.split(",")[1]);
    const told = predicted.map((row) => row.class);
    assertEquals(told.slice(60), told.slice(0, 60));
    // All of these times are one number in float32; only at the border of the classes may the net be wrong.
    const wrong = classes.flatMap((name, row) => name === told[row] ? [] : [row]);
    assertEquals(wrong.filter((row) => Math.abs(row - 30) > 2), []);
    assertEquals(predicted.map((row) => row.label), [...classes, ...classes.map(() => null)]);
  }),
);

async function predictClasses(model: string, files: readonly string[]): Promise<readonly Prediction[]> {
  const predictions = await predictFiles(model, files);
  if (predictions.kind !== "class") throw new Error(`It predicts ${predictions.kind}.`);
  return predictions.rows;
}
