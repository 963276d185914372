import { NORMAL_LIMIT, normalCdf, normalDensity } from "../../core/numbers/normal_cdf.ts";
import { sigmoid, SIGMOID_LIMIT } from "../../core/numbers/sigmoid.ts";
import { tanh } from "../../core/numbers/tanh.ts";
import {
  type ActivationKernels,
  GELU_TANH,
  LEAKY_SLOPE,
  type SmoothActivation,
} from "../contract/activation_kernels.ts";
import type { Arithmetic } from "./arithmetic.ts";

/** The twin's activation functions. */
export function activationTwin({ round }: Arithmetic): ActivationKernels {
  return {
    activation({ name, x, out }) {
      const { value } = FUNCTIONS[name];
      return () => {
        for (let i = 0; i < out.data.length; i++) out.data[i] = round(value(x.data[i]));
      };
    },
    activationGradient({ name, kept, dy, out }) {
      const { slope } = FUNCTIONS[name];
      return () => {
        for (let i = 0; i < out.data.length; i++) out.data[i] = round(dy.data[i] * slope(kept.data[i]));
      };
    },
  };
}

/** A function, and its derivative as a function of what is kept. */
interface ScalarActivation {
  readonly value: (x: number) => number;
  readonly slope: (kept: number) => number;
}

const FUNCTIONS: Readonly<Record<SmoothActivation, ScalarActivation>> = {
  leakyRelu: {
    value: (x) => x < 0 ? LEAKY_SLOPE * x : x,
    slope: (y) => y > 0 ? 1 : LEAKY_SLOPE,
  },
  gelu: {
    value: (x) => x * normalCdf(x),
    slope: (x) => normalCdf(x) + clamp(x, NORMAL_LIMIT) * normalDensity(x),
  },
  geluTanh: {
    value: (x) => x * sigmoid(twiceInner(x)),
    slope(x) {
      const c = clamp(x, GELU_TANH.limit);
      const s = sigmoid(twiceInner(c));
      return s + (c * (s * (1 - s))) * (GELU_TANH.a + GELU_TANH.b3 * (c * c));
    },
  },
  silu: {
    value: (x) => x * sigmoid(x),
    slope(x) {
      const s = sigmoid(x);
      return s * (1 + clamp(x, SIGMOID_LIMIT) * (1 - s));
    },
  },
  tanh: {
    value: tanh,
    slope: (y) => (1 - y) * (1 + y),
  },
  sigmoid: {
    value: sigmoid,
    slope: (y) => y * (1 - y),
  },
};

/** Twice the number whose hyperbolic tangent geluTanh takes. */
function twiceInner(x: number): number {
  return x * (GELU_TANH.a + GELU_TANH.b * (x * x));
}

function clamp(x: number, limit: number): number {
  return x < -limit ? -limit : x > limit ? limit : x;
}
