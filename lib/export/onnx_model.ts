import type { DType } from "../core/numbers/dtype.ts";
import { NORMALIZATION_EPSILON } from "../nn/layers/normalization_epsilon.ts";
import { residualsOf } from "../nn/layers/residual.ts";
import { activationsOf } from "../nn/net/activation_names.ts";
import { tensorBytes } from "../nn/net/tensor_bytes.ts";
import type { Preparation } from "../data/base/preparation.ts";
import { factsToTexts, isDouble, type ModelFacts, widthOfFacts } from "./model_facts.ts";
import { activationConstants, activationSteps, type Step } from "./onnx/onnx_activation.ts";
import { ATTRIBUTE_TYPES, DATA_TYPES, OnnxGraph } from "./onnx/onnx_graph.ts";
import { type OnnxOutput, outputOf } from "./onnx/onnx_outputs.ts";
import { addPreparation, preparedInputs, sumOf } from "./onnx/onnx_preparation.ts";
import type { onnxProto } from "./onnx/onnx_proto.ts";
import { storedShape } from "./stored_shape.ts";
import type { TrainedModel } from "./trained_model.ts";

/** What a model needs of ONNX; one with a preparation also needs operations on texts. */
const PLAIN = { opset: 17, irVersion: 8 };
const PREPARED = { opset: 20, irVersion: 9 };

/**
 * Returns a model as an ONNX file, from raw features `x`, `[batch, inputDim]` of float32, to `scores`, `[batch,
 * numClasses]`; of several labels to `probabilities`, and of numbers to `predictions` in their own units, in double. It computes as at test time: it subtracts the mean, batch normalization uses its running averages,
 * and there is no dropout.
 *
 * A float64 net computes in double, and its scores are double. Its `x` is float32 too, unless its data set was
 * declared as float64. The model's metadata has the facts. The same model gives the same bytes.
 *
 * A model of a table has an input for each raw column, `[batch, 1]`, and the graph prepares them; the scores of a row that
 * Seedbed would refuse are NaN.
 */
export async function modelToOnnx(model: TrainedModel): Promise<Uint8Array> {
  // With a literal path, Deno would fetch the package before any export needs it.
  const { href } = new URL("./onnx/onnx_proto.ts", import.meta.url);
  const { onnxProto: { onnx } } = await import(href) as typeof import("./onnx/onnx_proto.ts");
  const { facts } = model;
  const { opset, irVersion } = facts.preparation === undefined ? PLAIN : PREPARED;
  return onnx.ModelProto.encode({
    irVersion,
    opsetImport: [{ domain: "", version: opset }],
    producerName: "seedbed",
    graph: facts.preparation === undefined ? plainGraph(model) : preparedGraph(model, facts.preparation),
    metadataProps: Object.entries(factsToTexts(facts)).map(([key, value]) => ({ key, value })),
  }).finish();
}

function plainGraph(model: TrainedModel): onnxProto.onnx.IGraphProto {
  const { facts } = model;
  const output = outputOfFacts(facts);
  return {
    name: facts.experiment,
    node: chain([...stepsOf(facts), ...output.steps], { from: "x", to: output.name, nameOf: (name) => name }),
    initializer: tensorsOf(model, (name) => name),
    input: [rows("x", { elemType: DATA_TYPES[featureType(facts)], cols: facts.inputDim })],
    output: [rows(output.name, output)],
  };
}

/** A column may have the name of a tensor, a value or the scores: those get another one then. */
function preparedGraph(model: TrainedModel, { columns }: Preparation): onnxProto.onnx.IGraphProto {
  const { facts } = model;
  const { data } = facts;
  const output = outputOfFacts(facts);
  const graph = new OnnxGraph(columns.map(({ name }) => name));
  const markers = data.kind === "table" ? data.missing?.markers ?? [] : [];
  const features = graph.add("Cast", [addPreparation(graph, columns, { markers })], {
    to: DATA_TYPES[featureType(facts)],
  });
  // Without this, a rectifier would hide that a feature is NaN or infinite.
  const zeros = graph.add("Sub", [features, features]);
  const check = graph.add("Cast", [sumOf(graph, zeros)], { to: output.elemType });
  const nameOf = (name: string) => graph.nameApart(name);
  const [plain, scores] = [nameOf("plainScores"), nameOf(output.name)];
  return {
    name: facts.experiment,
    node: [
      ...graph.nodes,
      ...chain([...stepsOf(facts), ...output.steps], { from: features, to: plain, nameOf }),
      { opType: "Add", name: scores, input: [plain, check], output: [scores] },
    ],
    initializer: [...graph.tensors, ...tensorsOf(model, nameOf)],
    input: preparedInputs(columns).map(({ name, elemType }) => rows(name, { elemType, cols: 1 })),
    output: [rows(scores, output)],
  };
}

function outputOfFacts(facts: ModelFacts): OnnxOutput {
  const { model: { dtype }, classNames, targets } = facts;
  return outputOf({ dtype, numClasses: classNames.length, width: widthOfFacts(facts), targets });
}

function featureType(facts: ModelFacts): DType {
  return isDouble(facts) ? "float64" : "float32";
}

function tensorsOf(model: TrainedModel, nameOf: Naming): onnxProto.onnx.ITensorProto[] {
  const { facts, net } = model;
  const mean = meanTensor(model);
  return [
    { ...mean, name: nameOf("mean") },
    ...net.tensors.map((tensor) => ({
      name: nameOf(tensor.name),
      dims: [...storedShape({ name: tensor.name, ...tensor.value })],
      dataType: DATA_TYPES[facts.model.dtype],
      rawData: tensorBytes([tensor]),
    })),
    ...outputOfFacts(facts).tensors.map((tensor) => ({ ...tensor, name: nameOf(tensor.name!) })),
    ...activationConstants(activationsOf(facts.model), facts.model.dtype).map(([name, value]) => ({
      name: nameOf(name),
      dims: [],
      dataType: DATA_TYPES[facts.model.dtype],
      rawData: bytesOf(value, facts.model.dtype),
    })),
  ];
}

function bytesOf(value: number, dtype: DType): Uint8Array {
  return new Uint8Array((dtype === "float32" ? Float32Array.of(value) : Float64Array.of(value)).buffer);
}

/** Returns the name of a value or tensor in the graph. */
type Naming = (name: string) => string;

function stepsOf(facts: ModelFacts): readonly Step[] {
  const { dtype, hiddenDims, normalization, bias } = facts.model;
  const to = { name: "to", type: ATTRIBUTE_TYPES.int, i: DATA_TYPES[dtype] };
  const cast: Step = { opType: "Cast", inputs: [1], attribute: [to] };
  const subtract: Step = { opType: "Sub", inputs: [1, "mean"] };
  const activations = activationsOf(facts.model);
  const residuals = residualsOf(facts.model);
  const hidden = hiddenDims.flatMap((_, i): readonly Step[] => [
    affine(i + 1, bias),
    ...(normalization === null ? [] : [NORMALIZATIONS[normalization](i + 1)]),
    // The input of the block is behind its affine step and its normalization.
    ...(residuals[i] ? [{ opType: "Add", inputs: [1, normalization === null ? 2 : 3] }] : []),
    ...activationSteps(activations[i], dtype),
  ]);
  // Features in double are rounded after the subtraction, as in the kernels.
  const isSame = isDouble(facts) === (dtype === "float64");
  const centre = isSame ? [subtract] : isDouble(facts) ? [subtract, cast] : [cast, subtract];
  return [
    ...centre,
    ...hidden,
    affine(hiddenDims.length + 1),
  ];
}

function affine(depth: number, bias = true): Step {
  return { opType: "Gemm", inputs: [1, `W${depth}`, ...(bias ? [`b${depth}`] : [])] };
}

const EPSILON = { name: "epsilon", type: ATTRIBUTE_TYPES.float, f: NORMALIZATION_EPSILON };
const LAST_AXIS = { name: "axis", type: ATTRIBUTE_TYPES.int, i: -1 };

const NORMALIZATIONS: Readonly<Record<"batchnorm" | "layernorm", (depth: number) => Step>> = {
  batchnorm: (depth) => ({
    opType: "BatchNormalization",
    inputs: [1, ...["gamma", "beta", "runningMean", "runningVariance"].map((name) => `${name}${depth}`)],
    attribute: [EPSILON],
  }),
  layernorm: (depth) => ({
    opType: "LayerNormalization",
    inputs: [1, `gamma${depth}`, `beta${depth}`],
    attribute: [LAST_AXIS, EPSILON],
  }),
};

interface ChainEnds {
  readonly from: string;
  readonly to: string;
  readonly nameOf: Naming;
}

/** Connects the steps: names their inputs and outputs. */
function chain(steps: readonly Step[], { from, to, nameOf }: ChainEnds): onnxProto.onnx.INodeProto[] {
  const valueBehind = (step: number) => step === 0 ? from : nameOf(`value${step}`);
  return steps.map(({ opType, inputs, attribute }, i) => ({
    opType,
    name: `step${i + 1}`,
    input: inputs.map((input) => typeof input === "number" ? valueBehind(i + 1 - input) : nameOf(input)),
    output: [i === steps.length - 1 ? to : nameOf(`value${i + 1}`)],
    attribute,
  }));
}

function meanTensor({ facts, mean }: TrainedModel): onnxProto.onnx.ITensorProto {
  const isFloat32 = facts.model.dtype === "float32";
  // A float32 net has its mean in float32, whatever the precision of its features.
  const held = isFloat32 ? Float32Array.from(mean) : Float64Array.from(mean);
  const type = isFloat32 && !isDouble(facts) ? "float32" : "float64";
  const values = type === "float32" ? held : Float64Array.from(held);
  return {
    name: "mean",
    dims: [facts.inputDim],
    dataType: DATA_TYPES[type],
    rawData: new Uint8Array(values.buffer),
  };
}

interface Rows {
  readonly elemType: number;
  readonly cols: number;
}

function rows(name: string, { elemType, cols }: Rows): onnxProto.onnx.IValueInfoProto {
  const dim = [{ dimParam: "batch" }, { dimValue: cols }];
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}
