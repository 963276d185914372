// Several sources together: an ensemble, from the experiment to its files and predictions.
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { openStream } from "../../../lib/core/numbers/random.ts";
import { loadDataset } from "../../../lib/data/load_dataset.ts";
import { readSafetensors } from "../../../lib/export/read_safetensors.ts";
import type { EnsembleRecord } from "../../../lib/journal/journal_record.ts";
import { exportModel } from "../../../lib/runner/model/export_model.ts";
import { predictFiles } from "../../../lib/runner/model/predict_files.ts";
import type { RunEvent } from "../../../lib/runner/plan/run_event.ts";
import { readResults } from "../../../lib/runner/results/read_results.ts";
import { runExperiment } from "../../../lib/runner/run/run_experiment.ts";
import { onnxScores } from "../../export/onnx_runtime.ts";
import { bestClasses } from "../../export/trained_models.ts";
import { committedFiles, forbiddenEngine, inSandbox } from "../fakes.ts";

const DATA = "data: blobs({ numClasses: 3, inputDim: 4, spread: 0.4, train: 60, validation: 20, test: 20 })";
const TOGETHER = { "repeats: 2,": "repeats: 2, ensemble: true," };

/** Returns the last record of a journal. */
async function lastRecord(folder: string): Promise<EnsembleRecord> {
  const text = await Deno.readTextFile(`${folder}/journal.jsonl`);
  const { record } = JSON.parse(text.trimEnd().split("\n").at(-1)!);
  assertEquals(record.type, "ensemble");
  return record;
}

Deno.test(
  "exportModel() writes the winner's nets as one model, from kept weights, trained ones and a clone, and predictFiles() predicts as the journal",
  inSandbox(async ({ folder, resultsDir, load, options }) => {
    const csv = {
      ...TOGETHER,
      "import { blobs": "import { csvDataset",
      [DATA]:
        `data: csvDataset({ file: "${folder}/rows.csv", label: "y", classes: ["a", "b", "c"], train: 60, validation: 20, ` +
        "test: 20, folds: 3 })",
    };
    const random = openStream("ensemble/rows");
    const rows = Array.from(
      { length: 100 },
      (_, row) => `${row % 3 + 2 * random.uniform()},${random.uniform()},${"abc"[row % 3]}`,
    );
    await Deno.writeTextFile(`${folder}/rows.csv`, ["x,z,y", ...rows, ""].join("\n"));
    const loaded = await load(csv);
    const { summary, folder: results } = await runExperiment(loaded, options());
    const record = await lastRecord(results);
    const { trials, ensemble } = summary.winner!;
    const files = new Map<string, Uint8Array[]>([["safetensors", []], ["onnx", []]]);
    const notes: string[] = [];
    const observe = (event: RunEvent) => void (event.type === "note" && notes.push(event.message));
    for (let state = 0; state < 3; state++) {
      if (state === 1) await Deno.remove(`${results}/weights/${trials[1]}.bin`);
      if (state === 2) await Deno.remove(`${results}/journal.jsonl`);
      for (const format of ["safetensors", "onnx"] as const) {
        const out = `${folder}/model.${format}`;
        const settings = { ...options({ observe }), format, out, ensemble: true };
        const { facts, ensemble: found } = await exportModel(loaded, settings);
        assertEquals([facts.trial, found!.nets, found!.testAccuracy], [trials[0], 6, ensemble!.testAccuracy]);
        files.get(format)!.push(await Deno.readFile(out));
      }
    }
    for (const same of files.values()) assertEquals(same.slice(1), [same[0], same[0]]);
    assertEquals(
      notes,
      Array(4).fill(`The weights of trial ${trials[1]} are not kept: it is trained again.`),
    );

    // The test rows in their order, as the shuffled split has them.
    const { test } = await loadDataset(loaded.experiment.data, { baseDir: loaded.baseDir });
    const texts = Array.from({ length: test.n }, (_, row) => [test.x[row * 2], test.x[row * 2 + 1]].join());
    await Deno.writeTextFile(`${folder}/test.csv`, ["x,z", ...texts, ""].join("\n"));
    const { rows: predicted } = await predictClasses(`${folder}/model.safetensors`, [`${folder}/test.csv`]);
    const { predictions } = record;
    assertEquals(predicted.map((row) => "abc".indexOf(row.class)), predictions!.predicted);
    assertEquals(predicted.map((row) => Number(row.probability.toPrecision(6))), predictions!.probabilities);
    const [probabilities] = await onnxScores([{ model: files.get("onnx")![0], x: test.x, inputDim: 2 }]);
    assertEquals(bestClasses(probabilities, { numClasses: 3 }), predictions!.predicted);
    await assertRejects(() =>
      exportModel(loaded, { ...options(), format: "onnx", out: resultsDir, ensemble: true })
    );
  }),
);

Deno.test(
  "exportModel() writes an ensemble that was not measured, and none of a winner with one net",
  inSandbox(async ({ folder, load, options }) => {
    const out = `${folder}/model.safetensors`;
    const notes: string[] = [];
    const observe = (event: RunEvent) => void (event.type === "note" && notes.push(event.message));
    const settings = { ...options({ observe }), format: "safetensors", out, ensemble: true } as const;
    await runExperiment(await load(), options());
    const { ensemble } = await exportModel(await load(), settings);
    assertEquals(ensemble, { experiment: "blobs_rate", nets: 2, testAccuracy: null });
    assertEquals(notes, [
      "The test accuracy of the ensemble was not measured: a run does so with ensemble: true in the experiment file.",
    ]);
    const one = await load({ "repeats: 2,": "repeats: 1," });
    const resultsDir = `${folder}/one`;
    await runExperiment(one, options({ resultsDir }));
    const { message } = await assertRejects(() => exportModel(one, { ...settings, resultsDir }), InputError);
    assertEquals(
      message,
      "Cannot export the ensemble of blobs_rate: the winner must have at least 2 nets, found 1; repeats from 2 on or " +
        "data.folds give it several",
    );
  }),
);

Deno.test(
  "an ensemble of a table's folds predicts raw rows by the preparation of each of them",
  inSandbox(async ({ folder, load, options }) => {
    const cities = ["Rome", "Oslo", "Bern", "Wien", "Kiev", "Riga", "Cork"];
    const random = openStream("ensemble/table");
    const rows = Array.from(
      { length: 90 },
      (_, row) =>
        `${cities[Math.floor(random.uniform() * cities.length)]},${
          row % 7 === 0 ? "" : random.uniform() * 10 + row % 2 * 6
        },${row % 2 ? "yes" : "no"}`,
    );
    // Some categories are those of one fold alone.
    rows[3] = "Pisa,1,yes";
    rows[40] = "Graz,2,no";
    await Deno.writeTextFile(`${folder}/rows.csv`, ["city,age,y", ...rows, ""].join("\n"));
    const loaded = await load({
      ...TOGETHER,
      "import { blobs": "import { table",
      [DATA]:
        `data: table({ file: "${folder}/rows.csv", label: "y", train: 50, validation: 20, test: 20, folds: 3 })`,
    });
    const { folder: results } = await runExperiment(loaded, options());
    const record = await lastRecord(results);
    const out = `${folder}/model.safetensors`;
    await exportModel(loaded, { ...options(), format: "safetensors", out, ensemble: true });
    const { metadata } = readSafetensors(await Deno.readFile(out), { path: out });
    const dims = ["repeat0/fold0", "repeat0/fold1", "repeat0/fold2"].map((name) =>
      metadata[`${name}/inputDim`]
    );
    assert(new Set(dims).size > 1, `folds must have other categories, found ${dims}`);
    const { test } = await loadDataset(loaded.experiment.data, {
      baseDir: loaded.baseDir,
      cacheDir: `${folder}/cache`,
    });
    const texts = Array.from(test.lines!, (line) => rows[line - 2].split(","));
    await Deno.writeTextFile(
      `${folder}/test.csv`,
      ["city,age", ...texts.map(([city, age]) => `${city},${age}`), ""].join("\n"),
    );
    const notes: string[] = [];
    const { rows: predicted } = await predictClasses(out, [`${folder}/test.csv`], {
      note: (note) => void notes.push(note),
    });
    const { classNames } = await loadDataset(loaded.experiment.data, {
      baseDir: loaded.baseDir,
      cacheDir: `${folder}/cache`,
    });
    assertEquals(predicted.map((row) => classNames.indexOf(row.class)), record.predictions!.predicted);
    assertEquals(
      predicted.map((row) => Number(row.probability.toPrecision(6))),
      record.predictions!.probabilities,
    );
    assertEquals(notes.length, new Set(notes).size);
    const model = `${folder}/model.onnx`;
    await exportModel(loaded, { ...options(), format: "onnx", out: model, ensemble: true });
    const columns = {
      city: texts.map(([city]) => city),
      age: texts.map(([, age]) => age === "" ? NaN : Number(age)),
    };
    const [probabilities] = await onnxScores([{ model: await Deno.readFile(model), columns }]);
    assertEquals(bestClasses(probabilities, { numClasses: 2 }), record.predictions!.predicted);
  }),
);

async function predictClasses(...input: Parameters<typeof predictFiles>) {
  const predictions = await predictFiles(...input);
  if (predictions.kind !== "class") throw new Error(`It predicts ${predictions.kind}.`);
  return predictions;
}

for (const kind of ["numbers", "labels"] as const) {
  Deno.test(
    `an ensemble of folds predicts ${kind} by the means of those of its nets, in the journal, by predict and in ONNX`,
    inSandbox(async ({ folder, load, options }) => {
      const random = openStream(`ensemble/${kind}`);
      const rows = Array.from({ length: 90 }, () => {
        const [a, b] = [random.uniform() * 10, random.normal()];
        const [y, z] = kind === "numbers"
          ? [100 + 3 * a + b, b * 50]
          : [Number(a > 5), Number(b + a / 9 > 0.5)];
        return [a, b, y, z].join();
      });
      await Deno.writeTextFile(`${folder}/rows.csv`, ["a,b,y,z", ...rows, ""].join("\n"));
      const what = kind === "numbers" ? "target" : "labels";
      const loaded = await load({
        ...TOGETHER,
        "import { blobs": "import { table",
        "[0.001, 0.1, 1e30]": "[0.01, 0.05]",
        [DATA]:
          `data: table({ file: "${folder}/rows.csv", ${what}: ["y", "z"], train: 50, validation: 20, test: 20, folds: 3 })`,
      });
      const { folder: results, summary } = await runExperiment(loaded, options());
      const record = await lastRecord(results);
      assertEquals(record.targets!.kind, kind);
      assertEquals(record.testAccuracy === undefined, kind === "numbers");
      const { ensemble } = summary.winner!;
      assertEquals([ensemble!.testAccuracy, ensemble!.testMetrics], [
        record.testAccuracy ?? null,
        record.metrics,
      ]);
      assertStringIncludes(await Deno.readTextFile(`${results}/report.md`), "of the ensemble | **");
      const csv = (await Deno.readTextFile(`${results}/ensemble_predictions.csv`)).trim().split("\r\n");
      assertEquals(csv.length, 1 + 20 * 2);
      assertEquals((await readResults(results))!.summary, summary);
      const files = await committedFiles(results);
      await runExperiment(loaded, options({ engine: forbiddenEngine() }));
      assertEquals(await committedFiles(results), files);

      const out = `${folder}/model.safetensors`;
      await exportModel(loaded, { ...options(), format: "safetensors", out, ensemble: true });
      const { test } = await loadDataset(loaded.experiment.data, {
        baseDir: loaded.baseDir,
        cacheDir: `${folder}/cache`,
      });
      const texts = Array.from(test.lines!, (line) => rows[line - 2].split(",").slice(0, 2));
      await Deno.writeTextFile(`${folder}/test.csv`, ["a,b", ...texts, ""].join("\n"));
      const predicted = await predictFiles(out, [`${folder}/test.csv`]);
      assert(predicted.kind === kind);
      const wanted = record.targets!.predictions!.map((own) => own.predicted);
      const found = [0, 1].map((target) => predicted.rows.map((row) => row.predicted[target]));
      const digits = kind === "numbers" ? 9 : 6;
      assertEquals(found.map((own) => own.map((value) => Number(value.toPrecision(digits)))), wanted);
      const model = `${folder}/model.onnx`;
      await exportModel(loaded, { ...options(), format: "onnx", out: model, ensemble: true });
      const columns = { a: texts.map(([a]) => Number(a)), b: texts.map(([, b]) => Number(b)) };
      const [means] = await onnxScores([{ model: await Deno.readFile(model), columns }]);
      found.forEach((own, target) =>
        own.forEach((value, row) => assert(Math.abs(means[row * 2 + target] - value) < 1e-3, `row ${row}`))
      );
    }),
  );
}
