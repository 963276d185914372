import { assert, assertEquals } from "@std/assert";
import type { EnsembleModel } from "../../../lib/export/ensemble/ensemble_model.ts";
import { ensembleToOnnx } from "../../../lib/export/ensemble/ensemble_onnx.ts";
import { isGivenAsNumbers } from "../../../lib/export/onnx/onnx_preparation.ts";
import { onnxProto } from "../../../lib/export/onnx/onnx_proto.ts";
import type { ModelSpec } from "../../../lib/nn/net/model_spec.ts";
import { FIELDS, mixedRows } from "../mixed_rows.ts";
import { onnxScores } from "../onnx_runtime.ts";
import { csvOf, scoresOf, trainTable } from "../table_models.ts";
import {
  bestClasses,
  DATASET,
  largestDifference,
  meanSoftmax,
  testScores,
  trainEnsemble,
} from "../trained_models.ts";

/** Specs, and the largest difference between a probability of Seedbed's and one of ONNX Runtime's. */
const CASES: readonly (readonly [spec: ModelSpec, largest: number])[] = [
  [{ hiddenDims: [] }, 1e-6],
  [{ hiddenDims: [13, 9], dropoutKeepRatio: 0.8 }, 1e-6],
  [{ hiddenDims: [13], normalization: "batchnorm", activation: "gelu" }, 1e-5],
  [{ hiddenDims: [13, 13], normalization: "layernorm", residual: true }, 1e-6],
  [{ hiddenDims: [13], dtype: "float64" }, 1e-12],
];

const { test, inputDim, numClasses } = DATASET;
const ensembles = CASES.map(([spec]) => trainEnsemble(spec));
const files = await Promise.all(ensembles.map(ensembleToOnnx));
const found = await onnxScores(files.map((model) => ({ model, x: test.x, inputDim })));

for (const [i, [spec, largest]] of CASES.entries()) {
  Deno.test(`ensembleToOnnx() gives ONNX Runtime the mean probabilities of nets with ${JSON.stringify(spec)}`, () => {
    const scores = ensembles[i].nets.map((net) => testScores(net, DATASET));
    const wanted = meanSoftmax(scores, { numClasses });
    assertEquals(found[i].length, wanted.length);
    assertEquals(bestClasses(found[i], { numClasses }), bestClasses(wanted, { numClasses }));
    const difference = largestDifference(found[i], wanted);
    assert(difference <= largest, `probabilities differ by ${difference}`);
    assert(scores.slice(1).every((other) => largestDifference(other, scores[0]) > 0.1), "nets are the same");
  });
}

Deno.test("ensembleToOnnx() writes one graph, tensors under the names of their nets, and the facts of all", async () => {
  const [model] = ensembles;
  const { graph, opsetImport, metadataProps } = onnxProto.onnx.ModelProto.decode(files[0]);
  assertEquals(opsetImport.map(({ version }) => Number(version)), [17]);
  assertEquals(graph!.node!.map(({ name }) => name), [
    ...["repeat0/step1", "repeat0/step2", "repeat1/step1", "repeat1/step2", "repeat2/step1", "repeat2/step2"],
    ...[0, 1, 2].flatMap((repeat) => [`repeat${repeat}/wideScores`, `repeat${repeat}/probabilities`]),
    ...["sum2", "sum3", "probabilities"],
  ]);
  assertEquals(graph!.initializer!.map(({ name }) => name), [
    ...[0, 1, 2].flatMap((repeat) => ["mean", "W1", "b1"].map((name) => `repeat${repeat}/${name}`)),
    "nets",
  ]);
  assertEquals(graph!.input!.map(({ name }) => name), ["x"]);
  assertEquals(graph!.output!.map(({ name, type }) => [name, type!.tensorType!.elemType]), [[
    "probabilities",
    11,
  ]]);
  const facts = new Map(metadataProps.map(({ key, value }) => [key, value]));
  assertEquals(
    ["seedbedFormat", "experiment", "nets", "testAccuracy", "repeat1/repeat", "repeat2/weightsSha256"].map(
      (name) => facts.get(name),
    ),
    [
      "ensemble 1",
      "blobs_export",
      '["repeat0","repeat1","repeat2"]',
      "0.75",
      "1",
      model.nets[2].facts.weightsSha256,
    ],
  );
  assertEquals(await ensembleToOnnx(model), files[0]);
});

Deno.test("ensembleToOnnx() prepares the columns of a table for each net as that one was trained", async () => {
  const nets = await Promise.all([0, 1].map(async (repeat) => {
    const train = mixedRows(400, { seed: `ensemble/${repeat}`, unseen: false });
    const model = await trainTable(csvOf(train), { ...FIELDS, dtype: "float64", spec: { hiddenDims: [13] } });
    return { ...model, facts: { ...model.facts, repeat } };
  }));
  const model: EnsembleModel = { facts: { experiment: "table_export", testAccuracy: null }, nets };
  const rows = mixedRows(300, { seed: "ensemble/rows", unseen: true });
  const columns = Object.fromEntries(
    nets[0].facts.preparation!.columns.map((column) => [
      column.name,
      isGivenAsNumbers(column)
        ? rows[column.name].map((text) => /^\s*(\?|n\.a\. \(x\))?\s*$/.test(text) ? NaN : Number(text))
        : rows[column.name],
    ]),
  );
  const [probabilities] = await onnxScores([{ model: await ensembleToOnnx(model), columns }]);
  const wanted = meanSoftmax(await Promise.all(nets.map((net) => scoresOf(net, rows))), { numClasses: 3 });
  assertEquals(probabilities.length, 900);
  assertEquals(bestClasses(probabilities, { numClasses: 3 }), bestClasses(wanted, { numClasses: 3 }));
  assert(largestDifference(probabilities, wanted) < 1e-5);
});

Deno.test("ensembleToOnnx() gives NaN for a row that Seedbed refuses", async () => {
  const nets = await Promise.all([0, 1].map(async (repeat) => {
    const rows = mixedRows(400, { seed: `ensemble/${repeat}`, unseen: false });
    const model = await trainTable(csvOf(rows), { ...FIELDS, spec: { hiddenDims: [3] } });
    return { ...model, facts: { ...model.facts, repeat } };
  }));
  const rows = mixedRows(2, { seed: "ensemble/wrong", unseen: false });
  const columns = Object.fromEntries(
    nets[0].facts.preparation!.columns.map((column) => {
      const texts = column.name === "size" ? ["S", "huge"] : rows[column.name];
      return [
        column.name,
        isGivenAsNumbers(column) ? texts.map((text) => Number(text) || NaN) : texts,
      ];
    }),
  );
  const model = { facts: { experiment: "table_export", testAccuracy: null }, nets };
  const [probabilities] = await onnxScores([{ model: await ensembleToOnnx(model), columns }]);
  assertEquals(Array.from(probabilities, Number.isNaN), [false, false, false, true, true, true]);
});
