import type { DType } from "../core/numbers/dtype.ts";
import { NORMALIZATION_EPSILON } from "../nn/layers/normalization_epsilon.ts";
import { residualsOf } from "../nn/layers/residual.ts";
import { activationsOf } from "../nn/net/activation_names.ts";
import { tensorBytes } from "../nn/net/tensor_bytes.ts";
import { isDouble, type ModelFacts, widthOfFacts } from "./model_facts.ts";
import { activationConstants, activationSteps, type Step } from "./onnx/onnx_activation.ts";
import { ATTRIBUTE_TYPES, DATA_TYPES } from "./onnx/onnx_graph.ts";
import { type OnnxOutput, outputOf } from "./onnx/onnx_outputs.ts";
import type { onnxProto } from "./onnx/onnx_proto.ts";
import { storedShape } from "./stored_shape.ts";
import type { TrainedModel } from "./trained_model.ts";

/** Returns the precision of the features of a graph. */
export function featureType(facts: ModelFacts): DType {
  return isDouble(facts) ? "float64" : "float32";
}

/** Returns what the graph of a net gives. */
export function outputOfFacts(facts: ModelFacts): OnnxOutput {
  const { model: { dtype }, classNames, targets } = facts;
  return outputOf({ dtype, numClasses: classNames.length, width: widthOfFacts(facts), targets });
}

/** Returns the mean, the tensors of a net, and the constants of its activations and of its output. */
export function netTensors(model: TrainedModel, nameOf: Naming): onnxProto.onnx.ITensorProto[] {
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
export type Naming = (name: string) => string;

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

/** Where a net stands in a graph. */
export interface NetPlace {
  /** The values that it takes, raw features. */
  readonly from: string;
  /** What it gives; see {@link outputOfFacts}. */
  readonly to: string;
  readonly nameOf: Naming;
  /** Precedes the names of its operations. Default: nothing. */
  readonly prefix?: string;
}

/** Returns the operations of a net: it subtracts the mean from raw features, and ends in its output. */
export function netNodes({ facts }: TrainedModel, place: NetPlace): onnxProto.onnx.INodeProto[] {
  return chain([...stepsOf(facts), ...outputOfFacts(facts).steps], place);
}

/** Connects the steps: names their inputs and outputs. */
function chain(
  steps: readonly Step[],
  { from, to, nameOf, prefix = "" }: NetPlace,
): onnxProto.onnx.INodeProto[] {
  const valueBehind = (step: number) => step === 0 ? from : nameOf(`value${step}`);
  return steps.map(({ opType, inputs, attribute }, i) => ({
    opType,
    name: `${prefix}step${i + 1}`,
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

/** Rows of an input or output. */
export interface Rows {
  readonly elemType: number;
  readonly cols: number;
}

/** Returns an input or output of rows, `[batch, cols]`. */
export function rowsInfo(name: string, { elemType, cols }: Rows): onnxProto.onnx.IValueInfoProto {
  const dim = [{ dimParam: "batch" }, { dimValue: cols }];
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}
