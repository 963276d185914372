import type { OptimizerKernels } from "../../contract/optimizer_kernels.ts";
import type { Tensor } from "../../contract/tensor.ts";
import { set, tee } from "../emit/expression.ts";
import type { Machine } from "../emit/machine.ts";
import { buildElementwise, type Elementwise, store } from "./elementwise_module.ts";

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
    moveAverage({ average, x, decay }) {
      const { run, at: [a, from], bytes } = bind("moveAverage", average, x);
      return () => void run(a, from, bytes, 1 - decay);
    },
  };
}

/** The rules as `optimizer_kernels.ts` states them; tensors and numbers in the order of the calls above. */
const RULES = {
  sgd: {
    tensors: 2,
    numbers: 1,
    body: ({ tensors: [w, g], numbers: [learningRate] }, { mul, sub }) =>
      store(w, sub(w, mul(learningRate, g))),
  },
  momentum: {
    tensors: 3,
    numbers: 2,
    locals: 1,
    body: ({ tensors: [w, g, v], numbers: [learningRate, momentum], locals: [next] }, { mul, add, sub }) => [
      set(next, sub(mul(momentum, v), mul(learningRate, g))),
      store(v, next),
      store(w, add(w, next)),
    ],
  },
  nesterov: {
    tensors: 3,
    numbers: 3,
    locals: 2,
    body: ({ tensors: [w, g, v], numbers, locals: [kept, next] }, { mul, add, sub }) => {
      const [learningRate, momentum, ahead] = numbers;
      return [
        set(next, sub(tee(kept, mul(momentum, v)), mul(learningRate, g))),
        store(v, next),
        store(w, add(w, sub(mul(ahead, next), kept))),
      ];
    },
  },
  rmsprop: {
    tensors: 3,
    numbers: 4,
    locals: 2,
    body: ({ tensors: [w, g, v], numbers, locals: [slope, average] }, { mul, add, sub, div, sqrt }) => {
      const [learningRate, keep, take, epsilon] = numbers;
      return [
        set(slope, g),
        set(average, add(mul(keep, v), mul(take, mul(slope, slope)))),
        store(v, average),
        store(w, sub(w, div(mul(learningRate, slope), add(sqrt(average), epsilon)))),
      ];
    },
  },
  adam: {
    tensors: 4,
    numbers: 7,
    locals: 3,
    body: ({ tensors: [w, g, m, v], numbers, locals }, { mul, add, sub, div, sqrt }) => {
      const [stepSize, rootCorrection, keep1, take1, keep2, take2, epsilon] = numbers;
      const [slope, average, squares] = locals;
      return [
        set(slope, g),
        set(average, add(mul(keep1, m), mul(take1, slope))),
        store(m, average),
        set(squares, add(mul(keep2, v), mul(take2, mul(slope, slope)))),
        store(v, squares),
        store(w, sub(w, mul(stepSize, div(average, add(mul(sqrt(squares), rootCorrection), epsilon))))),
      ];
    },
  },
  scale: {
    tensors: 1,
    numbers: 1,
    body: ({ tensors: [w], numbers: [factor] }, { mul }) => store(w, mul(w, factor)),
  },
  moveAverage: {
    tensors: 2,
    numbers: 1,
    body: ({ tensors: [a, x], numbers: [take] }, { mul, add, sub }) => store(a, add(a, mul(take, sub(x, a)))),
  },
} as const satisfies Readonly<Record<string, Elementwise>>;
