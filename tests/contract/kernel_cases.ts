import type { DType } from "../../lib/core/numbers/dtype.ts";
import { openStream, type RandomStream } from "../../lib/core/numbers/random.ts";
import { KEPT, type SmoothActivation } from "../../lib/kernels/contract/activation_kernels.ts";
import type { Kernels } from "../../lib/kernels/contract/kernels.ts";
import type { Indices, Tensor } from "../../lib/kernels/contract/tensor.ts";

/** One operation on inputs of one shape; run on any kernels it leaves its outputs, all in the order of `outputs`. */
export interface KernelCase {
  readonly name: string;
  readonly run: (inputs: Inputs) => readonly ArrayLike<number>[];
}

/** Lays out inputs whose values depend on nothing but the case's name. */
export interface Inputs {
  readonly kernels: Kernels;
  /** A tensor of values as awkward as asked for. */
  tensor(rows: number, cols: number): Tensor;
  /** A tensor of positive values, for variances and averages of squares. */
  positive(rows: number, cols: number): Tensor;
  /** A tensor of zeros. */
  zeros(rows: number, cols: number): Tensor;
  /** Whole numbers below a limit. */
  below(limit: number, length: number): Indices;
  readonly stream: RandomStream;
}

/** "ordinary": normal numbers. "special": among them ±0, denormals, ±infinity, NaN and the ends of the range. */
export type ValueKind = "ordinary" | "special";

/** Lays out the inputs of a case on some kernels. */
export function createInputs(
  kernels: Kernels,
  { path, values }: { path: string; values: ValueKind },
): Inputs {
  const stream = openStream(path);
  const special = SPECIAL[kernels.dtype];
  const draw = () =>
    values === "special" && stream.below(4) === 0 ? special[stream.below(special.length)] : stream.normal();
  const fill = (tensor: Tensor, next: () => number) => {
    for (let i = 0; i < tensor.data.length; i++) tensor.data[i] = next();
    return tensor;
  };
  return {
    kernels,
    stream,
    tensor: (rows, cols) => fill(kernels.tensor(rows, cols), draw),
    positive: (rows, cols) => fill(kernels.tensor(rows, cols), () => Math.abs(draw())),
    zeros: (rows, cols) => kernels.tensor(rows, cols),
    below(limit, length) {
      const indices = kernels.indices(length);
      for (let i = 0; i < length; i++) indices.data[i] = stream.below(limit);
      return indices;
    },
  };
}

/** The path of a case's random stream. */
export function pathOf(name: string): string {
  return `contract/${name.replaceAll(/[ ,]+/g, "_")}`;
}

const SPECIAL: Readonly<Record<DType, readonly number[]>> = {
  float32: [
    ...[0, 1e-45, 1.1754942106924411e-38, 1.1754943508222875e-38, 3.4028234663852886e38, 1, 0.1, 1e-20, 1e20],
    ...[-0, -1e-45, -1.1754942106924411e-38, -3.4028234663852886e38, -1, 16777217, -1e-20, -1e20],
    ...[Infinity, -Infinity, NaN],
  ],
  float64: [
    ...[0, 5e-324, 2.225073858507201e-308, 2.2250738585072014e-308, Number.MAX_VALUE, 1, 0.1, 1e-160, 1e160],
    ...[-0, -5e-324, -2.225073858507201e-308, -Number.MAX_VALUE, -1, 9007199254740993, -1e-160, -1e160],
    ...[Infinity, -Infinity, NaN],
  ],
};

/** Odd sizes, whole tiles, rests of every kind, and an inner dimension of more than one block. */
const PRODUCTS = [
  [1, 1, 1],
  [2, 3, 5],
  [7, 9, 23],
  [6, 16, 16],
  [12, 4, 8],
  [13, 300, 10],
  [5, 257, 37],
  [3, 520, 29],
  [25, 30, 44],
  [49, 3, 5],
  [130, 17, 12],
  [31, 129, 20],
  [100, 64, 10],
] as const;

const MATRICES = [[1, 1], [2, 3], [5, 4], [4, 7], [3, 16], [7, 17], [9, 31], [6, 36], [33, 50]] as const;

const products: readonly KernelCase[] = PRODUCTS.flatMap(([n, fanIn, fanOut]) => [
  ...[false, true].map((relu): KernelCase => ({
    name: `affine ${n} x ${fanIn} x ${fanOut}${relu ? ", relu" : ""}`,
    run({ kernels, tensor, zeros }) {
      const out = zeros(n, fanOut);
      kernels.affine({
        x: tensor(n, fanIn),
        weights: tensor(fanIn, fanOut),
        bias: tensor(1, fanOut),
        out,
        relu,
      })();
      return [out.data];
    },
  })),
  {
    name: `weightGradient ${n} x ${fanIn} x ${fanOut}`,
    run({ kernels, tensor, zeros }) {
      const out = zeros(fanIn, fanOut);
      kernels.weightGradient({ x: tensor(n, fanIn), dy: tensor(n, fanOut), out })();
      return [out.data];
    },
  },
  {
    name: `inputGradient ${n} x ${fanIn} x ${fanOut}`,
    run({ kernels, tensor, zeros }) {
      const out = zeros(n, fanIn);
      kernels.inputGradient({ dy: tensor(n, fanOut), weights: tensor(fanIn, fanOut), out })();
      return [out.data];
    },
  },
]);

const STORED = { uint8: Uint8Array, float32: Float32Array, float64: Float64Array };

const elementwise: readonly KernelCase[] = MATRICES.flatMap(([rows, cols]) => [
  ...(["uint8", "float32", "float64"] as const).map((type): KernelCase => ({
    name: `gather ${type} ${rows} x ${cols}`,
    run({ kernels, tensor, zeros, below, stream }) {
      const out = zeros(rows, cols);
      const stored = new STORED[type](20 * cols);
      for (let i = 0; i < stored.length; i++) {
        stored[i] = type === "uint8" ? stream.below(256) : stream.normal();
      }
      kernels.gather({ rows: stored, mean: tensor(1, cols), indices: below(20, rows), out })();
      return [out.data];
    },
  })),
  {
    name: `relu and reluGradient in place ${rows} x ${cols}`,
    run({ kernels, tensor }) {
      const [y, dy] = [tensor(rows, cols), tensor(rows, cols)];
      kernels.relu({ x: y, out: y })();
      kernels.reluGradient({ y, dy, out: dy })();
      return [y.data, dy.data];
    },
  },
  {
    name: `multiply and addScaled ${rows} x ${cols}`,
    run({ kernels, tensor, zeros }) {
      const [x, y, product] = [tensor(rows, cols), tensor(rows, cols), zeros(rows, cols)];
      kernels.multiply({ x, y, out: product })();
      kernels.addScaled({ x, factor: 0.1, out: y })();
      return [product.data, y.data];
    },
  },
  {
    name: `columnSums and sumOfSquares ${rows} x ${cols}`,
    run({ kernels, tensor, zeros }) {
      const [x, out] = [tensor(rows, cols), zeros(1, cols)];
      kernels.columnSums({ x, out })();
      return [out.data, [kernels.sumOfSquares({ x })()]];
    },
  },
  {
    name: `dropoutMask ${rows} x ${cols}`,
    run({ kernels, zeros }) {
      const mask = zeros(rows, cols);
      const masks = kernels.dropoutMask({ mask, keepRatio: 0.3 });
      masks.restart("contract/dropout");
      masks.draw();
      const first = mask.data.slice();
      masks.draw();
      return [first, mask.data];
    },
  },
  {
    name: `softmaxCrossEntropy ${rows} x ${cols}`,
    run({ kernels, tensor, zeros, below }) {
      const [scores, labels, out] = [tensor(rows, cols), below(cols, rows), zeros(rows, cols)];
      kernels.addScaled({ x: scores, factor: 40, out: scores })();
      return [[kernels.softmaxCrossEntropy({ scores, labels, out })()], out.data];
    },
  },
]);

const activations: readonly KernelCase[] = MATRICES.flatMap(([rows, cols]) =>
  (Object.keys(KEPT) as SmoothActivation[]).map((name): KernelCase => ({
    name: `${name} and its gradient ${rows} x ${cols}`,
    run({ kernels, tensor, zeros }) {
      const [x, dy, out] = [tensor(rows, cols), tensor(rows, cols), zeros(rows, cols)];
      kernels.activation({ name, x, out })();
      const factors = zeros(rows, cols);
      const kept = KEPT[name] === "input" ? x : out;
      kernels.activationGradient({ name, kept, dy, out: factors })();
      // Further out, in place.
      kernels.addScaled({ x: dy, factor: 20, out: x })();
      kernels.activationGradient({ name, kept: x, dy, out: dy })();
      kernels.activation({ name, x, out: x })();
      return [out.data, factors.data, dy.data, x.data];
    },
  }))
);
const clips: readonly KernelCase[] = MATRICES.map(([rows, cols]) => ({
  name: `clip ${rows} x ${cols}`,
  run({ kernels, tensor }) {
    const x = tensor(rows, cols);
    kernels.clip({ x, limit: 0.7 })();
    return [x.data];
  },
}));

const normalization: readonly KernelCase[] = MATRICES.flatMap(([rows, cols]): readonly KernelCase[] => {
  const parameters = ({ tensor }: Inputs) => ({
    gamma: tensor(1, cols),
    beta: tensor(1, cols),
    epsilon: 1e-5,
  });
  const gradients = ({ tensor, zeros }: Inputs) => ({
    dy: tensor(rows, cols),
    dGamma: zeros(1, cols),
    dBeta: zeros(1, cols),
  });
  return [
    {
      name: `batch normalization ${rows} x ${cols}`,
      run(inputs) {
        const { kernels, tensor, positive, zeros } = inputs;
        const shared = {
          ...parameters(inputs),
          x: tensor(rows, cols),
          runningMean: tensor(1, cols),
          runningVariance: positive(1, cols),
        };
        const [out, test] = [zeros(rows, cols), zeros(rows, cols)];
        const kept = { normalized: zeros(rows, cols), inverseDeviation: zeros(1, cols) };
        const gradient = gradients(inputs);
        kernels.batchNormTrain({ ...shared, ...kept, out, momentum: 0.9 })();
        kernels.batchNormTest({ ...shared, out: test })();
        const { runningMean, runningVariance, gamma } = shared;
        kernels.batchNormGradient({ ...kept, ...gradient, gamma, out: gradient.dy })();
        const { normalized, inverseDeviation } = kept;
        const { dy, dGamma, dBeta } = gradient;
        return [out, normalized, inverseDeviation, runningMean, runningVariance, test, dy, dGamma, dBeta]
          .map(({ data }) => data);
      },
    },
    {
      name: `layer normalization ${rows} x ${cols}`,
      run(inputs) {
        const { kernels, tensor, zeros } = inputs;
        const given = { ...parameters(inputs), x: tensor(rows, cols) };
        const out = zeros(rows, cols);
        const kept = { normalized: zeros(rows, cols), inverseDeviation: zeros(1, rows) };
        const gradient = gradients(inputs);
        kernels.layerNorm({ ...given, ...kept, out })();
        kernels.layerNormGradient({ ...kept, ...gradient, gamma: given.gamma, out: gradient.dy })();
        const { dy, dGamma, dBeta } = gradient;
        return [out, kept.normalized, kept.inverseDeviation, dy, dGamma, dBeta].map(({ data }) => data);
      },
    },
  ];
});

const optimizers: readonly KernelCase[] = MATRICES.flatMap(([rows, cols]): readonly KernelCase[] => {
  const update = ({ tensor }: Inputs) => ({ weights: tensor(rows, cols), gradient: tensor(rows, cols) });
  const twice = (act: () => void) => {
    act();
    act();
  };
  return [
    {
      name: `sgd and scale ${rows} x ${cols}`,
      run(inputs) {
        const tensors = update(inputs);
        const [sgd, scale] = [inputs.kernels.sgd(tensors), inputs.kernels.scale(tensors)];
        twice(() => sgd(0.1));
        scale(0.999);
        return [tensors.weights.data];
      },
    },
    ...(["momentum", "nesterov"] as const).map((name): KernelCase => ({
      name: `${name} ${rows} x ${cols}`,
      run(inputs) {
        const tensors = { ...update(inputs), velocity: inputs.tensor(rows, cols), momentum: 0.9 };
        const step = inputs.kernels[name](tensors);
        twice(() => step(0.1));
        return [tensors.weights.data, tensors.velocity.data];
      },
    })),
    {
      name: `rmsprop ${rows} x ${cols}`,
      run(inputs) {
        const squaredAverage = inputs.positive(rows, cols);
        const tensors = { ...update(inputs), squaredAverage, decayRate: 0.99, epsilon: 1e-8 };
        const step = inputs.kernels.rmsprop(tensors);
        twice(() => step(0.01));
        return [tensors.weights.data, squaredAverage.data];
      },
    },
    {
      name: `adam ${rows} x ${cols}`,
      run(inputs) {
        const [average, squaredAverage] = [inputs.tensor(rows, cols), inputs.positive(rows, cols)];
        const settings = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
        const tensors = { ...update(inputs), average, squaredAverage, ...settings };
        const step = inputs.kernels.adam(tensors);
        twice(() => step(0.01, 31.6));
        return [tensors.weights.data, average.data, squaredAverage.data];
      },
    },
  ];
});

const newer: readonly KernelCase[] = MATRICES.flatMap(([rows, cols]): readonly KernelCase[] => [
  {
    name: `moveAverage ${rows} x ${cols}`,
    run({ kernels, tensor }) {
      const [average, x] = [tensor(rows, cols), tensor(rows, cols)];
      const move = kernels.moveAverage({ average, x, decay: 0.999 });
      move();
      move();
      return [average.data];
    },
  },
  {
    name: `addSigned and sumOfAbsolutes ${rows} x ${cols}`,
    run({ kernels, tensor }) {
      const [x, out] = [tensor(rows, cols), tensor(rows, cols)];
      kernels.addSigned({ x, factor: 0.1, out })();
      return [out.data, [kernels.sumOfAbsolutes({ x })()]];
    },
  },
  {
    name: `softmaxCrossEntropy with weights ${rows} x ${cols}`,
    run({ kernels, tensor, zeros, below }) {
      const [scores, labels, out] = [tensor(rows, cols), below(cols, rows), zeros(rows, cols)];
      kernels.addScaled({ x: scores, factor: 40, out: scores })();
      return [[kernels.softmaxCrossEntropy({ scores, labels, weights: tensor(1, rows), out })()], out.data];
    },
  },
  {
    name: `softmaxCrossEntropy with smoothing ${rows} x ${cols}`,
    run({ kernels, tensor, zeros, below }) {
      const [scores, labels, out] = [tensor(rows, cols), below(cols, rows), zeros(rows, cols)];
      kernels.addScaled({ x: scores, factor: 40, out: scores })();
      return [[kernels.softmaxCrossEntropy({ scores, labels, smoothing: 0.1, out })()], out.data];
    },
  },
  {
    name: `softmaxCrossEntropy with weights and smoothing ${rows} x ${cols}`,
    run({ kernels, tensor, zeros, below }) {
      const [scores, labels, out] = [tensor(rows, cols), below(cols, rows), zeros(rows, cols)];
      kernels.addScaled({ x: scores, factor: 40, out: scores })();
      return [[
        kernels.softmaxCrossEntropy({ scores, labels, weights: tensor(1, rows), smoothing: 0.3, out })(),
      ], out.data];
    },
  },
]);

const targetLosses: readonly KernelCase[] = MATRICES.flatMap(([rows, cols]) =>
  (["sigmoid", "squared", "huber"] as const).flatMap((name) =>
    [false, true].map((isWeighted): KernelCase => ({
      name: `${name} loss${isWeighted ? " with weights" : ""} ${rows} x ${cols}`,
      run({ kernels, tensor, zeros }) {
        const [outputs, targets, out] = [tensor(rows, cols), tensor(rows, cols), zeros(rows, cols)];
        kernels.addScaled({ x: outputs, factor: 9, out: outputs })();
        const weights = isWeighted ? { weights: tensor(1, rows) } : {};
        return [[kernels.targetLoss({ name, delta: 1.5, outputs, targets, ...weights, out })()], out.data];
      },
    }))
  )
);

/** The operations of the program that keeps the digest of version 0.1 on every engine, over odd shapes. */
export const FIRST_KERNEL_CASES: readonly KernelCase[] = [
  ...products,
  ...elementwise,
  ...normalization,
  ...optimizers,
];

/** Operations that came later. */
export const NEWER_KERNEL_CASES: readonly KernelCase[] = [
  ...newer,
  ...activations,
  ...clips,
  ...targetLosses,
];

/** Every operation of the contract, over odd shapes. */
export const KERNEL_CASES: readonly KernelCase[] = [...FIRST_KERNEL_CASES, ...NEWER_KERNEL_CASES];
