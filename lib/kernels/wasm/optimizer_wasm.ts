import type { OptimizerKernels } from "../optimizer_kernels.ts";
import type { Tensor } from "../tensor.ts";
import { buildElementwise, type Elementwise } from "./elementwise_module.ts";
import { f32x4 } from "./instructions.ts";
import type { Machine } from "./machine.ts";

/** The update rules of the WebAssembly kernels. */
export function optimizerWasm(machine: Machine): OptimizerKernels {
  const bind = (name: keyof typeof RULES, ...tensors: Tensor[]) => {
    const run = machine.compile(name, () => buildElementwise(RULES[name]));
    return { run, at: tensors.map(machine.addressOf), bytes: tensors[0].data.byteLength };
  };
  return {
    sgd({ weights, gradient }) {
      const { run, at: [w, g], bytes } = bind("sgd", weights, gradient);
      return (learningRate) => void run(w, g, bytes, learningRate);
    },
    momentum({ weights, gradient, velocity, momentum }) {
      const { run, at: [w, g, v], bytes } = bind("momentum", weights, gradient, velocity);
      return (learningRate) => void run(w, g, v, bytes, learningRate, momentum);
    },
    nesterov({ weights, gradient, velocity, momentum }) {
      const { run, at: [w, g, v], bytes } = bind("nesterov", weights, gradient, velocity);
      return (learningRate) => void run(w, g, v, bytes, learningRate, momentum, 1 + momentum);
    },
    rmsprop({ weights, gradient, squaredAverage, decayRate, epsilon }) {
      const { run, at: [w, g, v], bytes } = bind("rmsprop", weights, gradient, squaredAverage);
      return (learningRate) => void run(w, g, v, bytes, learningRate, decayRate, 1 - decayRate, epsilon);
    },
    adam({ weights, gradient, average, squaredAverage, beta1, beta2, epsilon }) {
      const { run, at: [w, g, m, v], bytes } = bind("adam", weights, gradient, average, squaredAverage);
      return (stepSize, rootCorrection) =>
        void run(w, g, m, v, bytes, stepSize, rootCorrection, beta1, 1 - beta1, beta2, 1 - beta2, epsilon);
    },
    scale({ weights }) {
      const { run, at: [w], bytes } = bind("scale", weights);
      return (factor) => void run(w, bytes, factor);
    },
  };
}

/** The rules as `optimizer_kernels.ts` states them; tensors and numbers in the order of the calls above. */
const RULES = {
  sgd: {
    tensors: 2,
    numbers: 1,
    body: ({ load, store, number }) => store(0, [load(0), number(0), load(1), f32x4.mul, f32x4.sub]),
  },
  momentum: {
    tensors: 3,
    numbers: 2,
    body: ({ load, store, number, local }) => [
      [number(1), load(2), f32x4.mul, number(0), load(1), f32x4.mul, f32x4.sub, local(0).set],
      store(2, local(0).get),
      store(0, [load(0), local(0).get, f32x4.add]),
    ],
  },
  nesterov: {
    tensors: 3,
    numbers: 3,
    body: ({ load, store, number, local }) => [
      [number(1), load(2), f32x4.mul, local(0).tee, number(0), load(1), f32x4.mul, f32x4.sub, local(1).set],
      store(2, local(1).get),
      store(0, [load(0), number(2), local(1).get, f32x4.mul, local(0).get, f32x4.sub, f32x4.add]),
    ],
  },
  rmsprop: {
    tensors: 3,
    numbers: 4,
    body: ({ load, store, number, local }) => [
      [load(1), local(1).set],
      [number(1), load(2), f32x4.mul],
      [number(2), local(1).get, local(1).get, f32x4.mul, f32x4.mul, f32x4.add, local(0).set],
      store(2, local(0).get),
      store(0, [
        [load(0), number(0), local(1).get, f32x4.mul],
        [local(0).get, f32x4.sqrt, number(3), f32x4.add, f32x4.div, f32x4.sub],
      ]),
    ],
  },
  adam: {
    tensors: 4,
    numbers: 7,
    body: ({ load, store, number, local }) => [
      [load(1), local(2).set],
      [number(2), load(2), f32x4.mul, number(3), local(2).get, f32x4.mul, f32x4.add, local(0).set],
      store(2, local(0).get),
      [number(4), load(3), f32x4.mul],
      [number(5), local(2).get, local(2).get, f32x4.mul, f32x4.mul, f32x4.add, local(1).set],
      store(3, local(1).get),
      store(0, [
        [load(0), number(0), local(0).get],
        [local(1).get, f32x4.sqrt, number(1), f32x4.mul, number(6), f32x4.add],
        [f32x4.div, f32x4.mul, f32x4.sub],
      ]),
    ],
  },
  scale: {
    tensors: 1,
    numbers: 1,
    body: ({ load, store, number }) => store(0, [load(0), number(0), f32x4.mul]),
  },
} as const satisfies Readonly<Record<string, Elementwise>>;
