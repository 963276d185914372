import type { DType } from "../../core/numbers/dtype.ts";
import { type ActivationName, GELU_TANH, LEAKY_SLOPE } from "../../nn/net/activation_names.ts";
import { ATTRIBUTE_TYPES, DATA_TYPES } from "./onnx_graph.ts";
import type { onnxProto } from "./onnx_proto.ts";

/** One operation of a chain. */
export interface Step {
  readonly opType: string;
  /** Its inputs: names of tensors, and outputs of steps before it, 1 being that of the one just before. */
  readonly inputs: readonly (string | number)[];
  readonly attribute?: onnxProto.onnx.IAttributeProto[];
}

/** Returns the steps of an activation, in operations of opset 17. */
export function activationSteps(name: ActivationName, dtype: DType): readonly Step[] {
  return name === "leakyRelu" && dtype === "float32" ? [LEAKY_RELU] : STEPS[name](dtype);
}

/** Returns the constants that activations need, by their names. */
export function activationConstants(
  names: readonly ActivationName[],
  dtype: DType,
): readonly (readonly [name: string, value: number])[] {
  const inputs = names.flatMap((name) => activationSteps(name, dtype)).flatMap(({ inputs }) => inputs);
  return Object.entries(CONSTANTS).filter(([name]) => inputs.includes(name));
}

/** Their names are no names of parameters. */
const CONSTANTS = {
  one: 1,
  half: 0.5,
  rootHalf: 0.7071067811865476,
  leakySlope: LEAKY_SLOPE,
  geluA: GELU_TANH.a,
  geluB: GELU_TANH.b,
} as const;

const LEAKY_RELU: Step = {
  opType: "LeakyRelu",
  inputs: [1],
  attribute: [{ name: "alpha", type: ATTRIBUTE_TYPES.float, f: LEAKY_SLOPE }],
};

function cast(dtype: DType): Step {
  return {
    opType: "Cast",
    inputs: [1],
    attribute: [{ name: "to", type: ATTRIBUTE_TYPES.int, i: DATA_TYPES[dtype] }],
  };
}

/** Numbers count the steps back to a value; the first step's 1 is the input. */
const STEPS: Readonly<Record<ActivationName, (dtype: DType) => readonly Step[]>> = {
  relu: () => [{ opType: "Relu", inputs: [1] }],
  // An attribute is float32, so that a net in float64 multiplies.
  leakyRelu: () => [
    { opType: "Mul", inputs: [1, "leakySlope"] },
    { opType: "Max", inputs: [2, 1] },
  ],
  gelu(dtype) {
    // ONNX Runtime has Erf in float32 only.
    const casts = dtype === "float64" ? 2 : 0;
    const erf: Step = { opType: "Erf", inputs: [1] };
    return [
      { opType: "Mul", inputs: [1, "rootHalf"] },
      ...casts === 0 ? [erf] : [cast("float32"), erf, cast("float64")],
      { opType: "Add", inputs: [1, "one"] },
      { opType: "Mul", inputs: [4 + casts, 1] },
      { opType: "Mul", inputs: [1, "half"] },
    ];
  },
  geluTanh: () => [
    { opType: "Mul", inputs: [1, 1] },
    { opType: "Mul", inputs: [1, "geluB"] },
    { opType: "Add", inputs: [1, "geluA"] },
    { opType: "Mul", inputs: [4, 1] },
    { opType: "Sigmoid", inputs: [1] },
    { opType: "Mul", inputs: [6, 1] },
  ],
  silu(dtype) {
    if (dtype === "float32") return [{ opType: "Sigmoid", inputs: [1] }, { opType: "Mul", inputs: [2, 1] }];
    // ONNX Runtime fuses those two into an operation that it has in float32 only.
    return [
      { opType: "Neg", inputs: [1] },
      { opType: "Exp", inputs: [1] },
      { opType: "Add", inputs: [1, "one"] },
      { opType: "Div", inputs: [4, 1] },
    ];
  },
  tanh: () => [{ opType: "Tanh", inputs: [1] }],
  sigmoid: () => [{ opType: "Sigmoid", inputs: [1] }],
};
