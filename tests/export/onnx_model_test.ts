import { assert, assertEquals } from "@std/assert";
import { modelToOnnx } from "../../lib/export/onnx_model.ts";
import { onnxProto } from "../../lib/export/onnx/onnx_proto.ts";
import type { ModelSpec } from "../../lib/nn/net/model_spec.ts";
import { onnxScores } from "./onnx_runtime.ts";
import { bestClasses, DATASET, largestDifference, MODELS, testScores, trainModel } from "./trained_models.ts";

/**
 * The largest difference between a score of Seedbed's and one of ONNX Runtime's; the scores go up to 14. That of float64
 * is no smaller because ONNX keeps the epsilon of a normalization in float32.
 */
const LARGEST_DIFFERENCE = { float32: 1e-5, float64: 1e-11 };
/** ONNX Runtime has Erf in float32 only. */
const LARGEST_DIFFERENCE_WITH_ERF = 1e-5;

const { test, inputDim, numClasses } = DATASET;
const trained = MODELS.map(trainModel);
const files = await Promise.all(trained.map(modelToOnnx));
const scores = await onnxScores(files.map((model) => ({ model, x: test.x, inputDim })));

for (const [i, spec] of MODELS.entries()) {
  Deno.test(`modelToOnnx() gives ONNX Runtime the scores of the test split when the net is ${nameOf(spec)}`, () => {
    const wanted = testScores(trained[i], DATASET);
    assertEquals(scores[i].length, wanted.length);
    assertEquals(bestClasses(scores[i], { numClasses }), bestClasses(wanted, { numClasses }));
    const difference = largestDifference(scores[i], wanted);
    const largest = spec.activation === "gelu"
      ? LARGEST_DIFFERENCE_WITH_ERF
      : LARGEST_DIFFERENCE[spec.dtype ?? "float32"];
    assert(difference <= largest, `scores differ by ${difference}`);
  });
}

const graphs: readonly (readonly [ModelSpec, string])[] = [
  [{ hiddenDims: [] }, "Sub Gemm"],
  [{ hiddenDims: [3, 2], dropoutKeepRatio: 0.5 }, "Sub Gemm Relu Gemm Relu Gemm"],
  [{ hiddenDims: [3], normalization: "batchnorm" }, "Sub Gemm BatchNormalization Relu Gemm"],
  [{ hiddenDims: [3], normalization: "layernorm" }, "Sub Gemm LayerNormalization Relu Gemm"],
  [{ hiddenDims: [3], normalization: "layernorm", bias: false }, "Sub Gemm LayerNormalization Relu Gemm"],
  [{ hiddenDims: [3, 3, 2], residual: true }, "Sub Gemm Relu Gemm Add Relu Gemm Relu Gemm"],
  [{ hiddenDims: [3], dtype: "float64" }, "Cast Sub Gemm Relu Gemm"],
  [{ hiddenDims: [3, 2], activation: ["tanh", "sigmoid"] }, "Sub Gemm Tanh Gemm Sigmoid Gemm"],
  [{ hiddenDims: [3], activation: "leakyRelu" }, "Sub Gemm LeakyRelu Gemm"],
  [
    { hiddenDims: [3], activation: "silu", normalization: "layernorm" },
    "Sub Gemm LayerNormalization Sigmoid Mul Gemm",
  ],
  [{ hiddenDims: [3], activation: "gelu" }, "Sub Gemm Mul Erf Add Mul Mul Gemm"],
];

for (const [spec, operations] of graphs) {
  Deno.test(`modelToOnnx() writes ${operations} of opset 17 when the net is ${nameOf(spec)}`, async () => {
    const model = trainModel(spec);
    const { irVersion, opsetImport, graph, metadataProps } = onnxProto.onnx.ModelProto.decode(
      await modelToOnnx(model),
    );
    assertEquals([Number(irVersion), opsetImport.map(({ version }) => Number(version))], [8, [17]]);
    assertEquals(graph!.node!.map(({ opType }) => opType).join(" "), operations);
    const names = graph!.initializer!.map(({ name }) => name);
    assertEquals(names.slice(0, 1 + model.net.tensors.length), [
      "mean",
      ...model.net.tensors.map(({ name }) => name),
    ]);
    const facts = new Map(metadataProps.map(({ key, value }) => [key, value]));
    assertEquals(facts.get("weightsSha256"), model.facts.weightsSha256);
  });
}

Deno.test("modelToOnnx() gives the same bytes when it is asked again", async () => {
  for (const [i, model] of trained.entries()) assertEquals(await modelToOnnx(model), files[i]);
});

function nameOf({ hiddenDims, ...others }: ModelSpec): string {
  const settings = Object.entries(others).filter(([, value]) => value !== null && value !== 1);
  return [`[${hiddenDims.join(", ")}]`, ...settings.map(([name, value]) => `${name} ${value}`)].join(", ");
}
