import type { OptimizerKernels } from "../../contract/optimizer_kernels.ts";
import type { Tensor } from "../../contract/tensor.ts";
import type { Machine } from "../emit/machine.ts";
import { buildElementwise, type Elementwise } from "./elementwise_module.ts";

/** The update rules of the WebAssembly kernels. */
export function optimizerWasm(machine: Machine): OptimizerKernels {
  const bind = (name: keyof typeof RULES, ...tensors: Tensor[]) => {
    const run = machine.compile(name, () => buildElementwise(RULES[name], machine.float));
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
    body: ({ load, store, number }, { mul, sub }) => store(0, [load(0), number(0), load(1), mul, sub]),
  },
  momentum: {
    tensors: 3,
    numbers: 2,
    body: ({ load, store, number, local }, { mul, add, sub }) => [
      [number(1), load(2), mul, number(0), load(1), mul, sub, local(0).set],
      store(2, local(0).get),
      store(0, [load(0), local(0).get, add]),
    ],
  },
  nesterov: {
    tensors: 3,
    numbers: 3,
    body: ({ load, store, number, local }, { mul, add, sub }) => [
      [number(1), load(2), mul, local(0).tee, number(0), load(1), mul, sub, local(1).set],
      store(2, local(1).get),
      store(0, [load(0), number(2), local(1).get, mul, local(0).get, sub, add]),
    ],
  },
  rmsprop: {
    tensors: 3,
    numbers: 4,
    body: ({ load, store, number, local }, { mul, add, sub, div, sqrt }) => [
      [load(1), local(1).set],
      [number(1), load(2), mul],
      [number(2), local(1).get, local(1).get, mul, mul, add, local(0).set],
      store(2, local(0).get),
      store(0, [
        [load(0), number(0), local(1).get, mul],
        [local(0).get, sqrt, number(3), add, div, sub],
      ]),
    ],
  },
  adam: {
    tensors: 4,
    numbers: 7,
    body: ({ load, store, number, local }, { mul, add, sub, div, sqrt }) => [
      [load(1), local(2).set],
      [number(2), load(2), mul, number(3), local(2).get, mul, add, local(0).set],
      store(2, local(0).get),
      [number(4), load(3), mul],
      [number(5), local(2).get, local(2).get, mul, mul, add, local(1).set],
      store(3, local(1).get),
      store(0, [
        [load(0), number(0), local(0).get],
        [local(1).get, sqrt, number(1), mul, number(6), add],
        [div, mul, sub],
      ]),
    ],
  },
  scale: {
    tensors: 1,
    numbers: 1,
    body: ({ load, store, number }, { mul }) => store(0, [load(0), number(0), mul]),
  },
} as const satisfies Readonly<Record<string, Elementwise>>;
