import type onnxProto from "onnx-proto";
import type { DType } from "../core/dtype.ts";
import { NORMALIZATION_EPSILON } from "../nn/layers/normalization_epsilon.ts";
import { tensorBytes } from "../nn/tensor_bytes.ts";
import { factsToTexts, type ModelFacts } from "./model_facts.ts";
import { storedShape } from "./stored_shape.ts";
import type { TrainedModel } from "./trained_model.ts";

const OPSET = 17;
const IR_VERSION = 8;

/** The protocol's own numbers: `onnx.TensorProto.DataType` and `onnx.AttributeProto.AttributeType`. */
const DATA_TYPES: Readonly<Record<DType, number>> = { float32: 1, float64: 11 };
const ATTRIBUTE_TYPES = { float: 1, int: 2 };

/**
 * Returns a model as an ONNX file, from raw features `x`, `[batch, inputDim]` of float32, to `scores`,
 * `[batch, numClasses]`, as at test time: the mean is subtracted inside, batch normalization uses its running averages,
 * and dropout is gone.
 *
 * A net in float64 computes in double, and so are its scores; `x` is float32 for it too, as data sets are. The facts
 * stand in the model's metadata. The same model gives the same bytes.
 */
export async function modelToOnnx(model: TrainedModel): Promise<Uint8Array> {
  // Only an export needs the library: no other start waits for it.
  const { default: { onnx } } = await import("onnx-proto");
  const { facts, net } = model;
  const type = DATA_TYPES[facts.model.dtype];
  const graph = {
    name: facts.experiment,
    node: chain(stepsOf(facts.model)),
    initializer: [
      { name: "mean", dims: [facts.inputDim], dataType: type, rawData: meanBytes(model) },
      ...net.tensors.map((tensor) => ({
        name: tensor.name,
        dims: [...storedShape(tensor)],
        dataType: type,
        rawData: tensorBytes([tensor]),
      })),
    ],
    input: [rows("x", { elemType: DATA_TYPES.float32, cols: facts.inputDim })],
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

/** One operation on what comes before it. */
interface Step {
  readonly opType: string;
  /** Names of the tensors that it takes besides. */
  readonly tensors: readonly string[];
  readonly attribute?: onnxProto.onnx.IAttributeProto[];
}

function stepsOf({ dtype, hiddenDims, normalization }: ModelFacts["model"]): readonly Step[] {
  const to = { name: "to", type: ATTRIBUTE_TYPES.int, i: DATA_TYPES.float64 };
  const hidden = hiddenDims.flatMap((_, i): readonly Step[] => [
    affine(i + 1),
    ...(normalization === null ? [] : [NORMALIZATIONS[normalization](i + 1)]),
    { opType: "Relu", tensors: [] },
  ]);
  return [
    ...(dtype === "float64" ? [{ opType: "Cast", tensors: [], attribute: [to] }] : []),
    { opType: "Sub", tensors: ["mean"] },
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

/** Names what flows between the steps, from `x` to `scores`. */
function chain(steps: readonly Step[]): onnxProto.onnx.INodeProto[] {
  return steps.map(({ opType, tensors, attribute }, i) => ({
    opType,
    name: `step${i + 1}`,
    input: [i === 0 ? "x" : `value${i}`, ...tensors],
    output: [i === steps.length - 1 ? "scores" : `value${i + 1}`],
    attribute,
  }));
}

function meanBytes({ facts, mean }: TrainedModel): Uint8Array {
  const values = facts.model.dtype === "float32" ? mean.slice() : Float64Array.from(mean);
  return new Uint8Array(values.buffer);
}

interface Rows {
  readonly elemType: number;
  readonly cols: number;
}

function rows(name: string, { elemType, cols }: Rows): onnxProto.onnx.IValueInfoProto {
  const dim = [{ dimParam: "batch" }, { dimValue: cols }];
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}
