import type { DType } from "../core/numbers/dtype.ts";
import { NORMALIZATION_EPSILON } from "../nn/layers/normalization_epsilon.ts";
import { tensorBytes } from "../nn/net/tensor_bytes.ts";
import { factsToTexts, isDouble, type ModelFacts } from "./model_facts.ts";
import type { onnxProto } from "./onnx_proto.ts";
import { storedShape } from "./stored_shape.ts";
import type { TrainedModel } from "./trained_model.ts";

const OPSET = 17;
const IR_VERSION = 8;

/** The protocol's own numbers: `onnx.TensorProto.DataType` and `onnx.AttributeProto.AttributeType`. */
const DATA_TYPES: Readonly<Record<DType, number>> = { float32: 1, float64: 11 };
const ATTRIBUTE_TYPES = { float: 1, int: 2 };

/**
 * Returns a model as an ONNX file, from raw features `x`, `[batch, inputDim]` of float32, to `scores`, `[batch,
 * numClasses]`. It computes as at test time: it subtracts the mean, batch normalization uses its running averages,
 * and there is no dropout.
 *
 * A float64 net computes in double, and its scores are double. Its `x` is float32 too, unless its data set was
 * declared as float64. The model's metadata has the facts. The same model gives the same bytes.
 */
export async function modelToOnnx(model: TrainedModel): Promise<Uint8Array> {
  // With a literal path, Deno would fetch the package before any export needs it.
  const { href } = new URL("./onnx_proto.ts", import.meta.url);
  const { onnxProto: { onnx } } = await import(href) as typeof import("./onnx_proto.ts");
  const { facts, net } = model;
  const type = DATA_TYPES[facts.model.dtype];
  const graph = {
    name: facts.experiment,
    node: chain(stepsOf(facts)),
    initializer: [
      meanTensor(model),
      ...net.tensors.map((tensor) => ({
        name: tensor.name,
        dims: [...storedShape({ name: tensor.name, ...tensor.value })],
        dataType: type,
        rawData: tensorBytes([tensor]),
      })),
    ],
    input: [
      rows("x", { elemType: DATA_TYPES[isDouble(facts) ? "float64" : "float32"], cols: facts.inputDim }),
    ],
    output: [rows("scores", { elemType: type, cols: facts.classNames.length })],
  };
  return onnx.ModelProto.encode({
    irVersion: IR_VERSION,
    opsetImport: [{ domain: "", version: OPSET }],
    producerName: "seedbed",
    graph,
    metadataProps: Object.entries(factsToTexts(facts)).map(([key, value]) => ({ key, value })),
  }).finish();
}

/** One operation on the output of the previous step. */
interface Step {
  readonly opType: string;
  /** Names of its other input tensors. */
  readonly tensors: readonly string[];
  readonly attribute?: onnxProto.onnx.IAttributeProto[];
}

function stepsOf(facts: ModelFacts): readonly Step[] {
  const { dtype, hiddenDims, normalization } = facts.model;
  const to = { name: "to", type: ATTRIBUTE_TYPES.int, i: DATA_TYPES[dtype] };
  const cast = { opType: "Cast", tensors: [], attribute: [to] };
  const subtract = { opType: "Sub", tensors: ["mean"] };
  const hidden = hiddenDims.flatMap((_, i): readonly Step[] => [
    affine(i + 1),
    ...(normalization === null ? [] : [NORMALIZATIONS[normalization](i + 1)]),
    { opType: "Relu", tensors: [] },
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

function affine(depth: number): Step {
  return { opType: "Gemm", tensors: [`W${depth}`, `b${depth}`] };
}

const EPSILON = { name: "epsilon", type: ATTRIBUTE_TYPES.float, f: NORMALIZATION_EPSILON };
const LAST_AXIS = { name: "axis", type: ATTRIBUTE_TYPES.int, i: -1 };

const NORMALIZATIONS: Readonly<Record<"batchnorm" | "layernorm", (depth: number) => Step>> = {
  batchnorm: (depth) => ({
    opType: "BatchNormalization",
    tensors: ["gamma", "beta", "runningMean", "runningVariance"].map((name) => `${name}${depth}`),
    attribute: [EPSILON],
  }),
  layernorm: (depth) => ({
    opType: "LayerNormalization",
    tensors: [`gamma${depth}`, `beta${depth}`],
    attribute: [LAST_AXIS, EPSILON],
  }),
};

/** Connects the steps: names their inputs and outputs, from `x` to `scores`. */
function chain(steps: readonly Step[]): onnxProto.onnx.INodeProto[] {
  return steps.map(({ opType, tensors, attribute }, i) => ({
    opType,
    name: `step${i + 1}`,
    input: [i === 0 ? "x" : `value${i}`, ...tensors],
    output: [i === steps.length - 1 ? "scores" : `value${i + 1}`],
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
