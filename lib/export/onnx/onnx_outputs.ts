import type { DType } from "../../core/numbers/dtype.ts";
import type { Targets } from "../../data/base/targets.ts";
import type { Step } from "./onnx_activation.ts";
import { ATTRIBUTE_TYPES, DATA_TYPES } from "./onnx_graph.ts";
import type { onnxProto } from "./onnx_proto.ts";

/** The facts of a model that decide what its graph gives. */
export interface OutputFacts {
  readonly dtype: DType;
  /** Classes of the model. */
  readonly numClasses: number;
  /** Outputs of its net, one of two classes with the sigmoid loss. */
  readonly width: number;
  readonly targets: Targets | undefined;
}

/** What a graph gives, and how it becomes that of the net's outputs. */
export interface OnnxOutput {
  readonly name: "scores" | "predictions" | "probabilities";
  readonly elemType: number;
  readonly cols: number;
  readonly steps: readonly Step[];
  /** What the steps need. */
  readonly tensors: readonly onnxProto.onnx.ITensorProto[];
}

/**
 * Returns the output of a model: the scores of its classes, those of two from one output as 0 and that; the sigmoid
 * probabilities of several labels; or numbers in their own units, in double.
 */
export function outputOf({ dtype, numClasses, width, targets }: OutputFacts): OnnxOutput {
  const elemType = DATA_TYPES[dtype];
  if (targets?.kind === "numbers") {
    const to = { name: "to", type: ATTRIBUTE_TYPES.int, i: DATA_TYPES.float64 };
    const offsets = targets.scales.map(({ offset }) => offset);
    const divisors = targets.scales.map(({ divisor }) => divisor);
    return {
      ...{ name: "predictions", elemType: DATA_TYPES.float64, cols: targets.names.length },
      steps: [
        { opType: "Cast", inputs: [1], attribute: [to] },
        { opType: "Mul", inputs: [1, "targetDivisors"] },
        { opType: "Add", inputs: [1, "targetOffsets"] },
      ],
      tensors: [doubles("targetDivisors", divisors), doubles("targetOffsets", offsets)],
    };
  }
  if (targets !== undefined) {
    const steps: readonly Step[] = [{ opType: "Sigmoid", inputs: [1] }];
    return { name: "probabilities", elemType, cols: targets.names.length, steps, tensors: [] };
  }
  const axis = { name: "axis", type: ATTRIBUTE_TYPES.int, i: 1 };
  const pair: readonly Step[] = [
    { opType: "Sub", inputs: [1, 1] },
    { opType: "Concat", inputs: [1, 2], attribute: [axis] },
  ];
  return { name: "scores", elemType, cols: numClasses, steps: width === 1 ? pair : [], tensors: [] };
}

function doubles(name: string, values: readonly number[]): onnxProto.onnx.ITensorProto {
  const rawData = new Uint8Array(Float64Array.from(values).buffer);
  return { name, dims: [values.length], dataType: DATA_TYPES.float64, rawData };
}
