import { assert } from "@std/assert";
import { matrix } from "../../../lib/core/numbers/matrix.ts";
import { openStream } from "../../../lib/core/numbers/random.ts";
import { ACTIVATION_NAMES } from "../../../lib/nn/net/activation_names.ts";
import { FullyConnectedNet } from "../../../lib/nn/net/fully_connected_net.ts";
import { gradientCheck, type GradientCheckOptions } from "../../../lib/nn/net/gradient_check.ts";
import type { FullyConnectedNetOptions, ModelSpec, NetLoss } from "../../../lib/nn/net/model_spec.ts";

const CHECKED: Readonly<Record<string, Partial<ModelSpec>>> = {
  "plain": {},
  "batch normalization": { normalization: "batchnorm" },
  "layer normalization": { normalization: "layernorm" },
  "dropout": { dropoutKeepRatio: 0.7 },
  "batch normalization and dropout": { normalization: "batchnorm", dropoutKeepRatio: 0.8 },
  "layer normalization and dropout": { normalization: "layernorm", dropoutKeepRatio: 0.8 },
};

for (const [name, settings] of Object.entries(CHECKED)) {
  for (const reg of [0, 0.1]) {
    for (const depth of [1, 2, 3, 4, 5]) {
      Deno.test(`gradientCheck() of a net, ${name}, reg ${reg}, depth ${depth}, is below 1e-6`, () => {
        const hiddenDims = [9, 8, 7, 6].slice(0, depth - 1);
        const model: ModelSpec = { hiddenDims, weightScale: 0.5, reg, dtype: "float64", ...settings };
        checkGradients({ ...model, inputDim: 5, numClasses: 4, seed: `gradients/${depth}` });
      });
    }
  }
}

const WITH_ACTIVATION = {
  "no normalization": {},
  "batch normalization": { normalization: "batchnorm" },
  "layer normalization": { normalization: "layernorm" },
  "dropout": { dropoutKeepRatio: 0.7 },
} as const;

for (const activation of ACTIVATION_NAMES.filter((name) => name !== "relu")) {
  for (const [name, settings] of Object.entries(WITH_ACTIVATION)) {
    for (const depth of [1, 2, 3, 4, 5]) {
      Deno.test(`gradientCheck() of a net, ${activation}, ${name}, depth ${depth}, is below 1e-6`, () => {
        const hiddenDims = [9, 8, 7, 6].slice(0, depth - 1);
        const model: ModelSpec = {
          hiddenDims,
          weightScale: 0.5,
          reg: 0.1,
          dtype: "float64",
          activation,
        };
        checkGradients({ ...model, ...settings, inputDim: 5, numClasses: 4, seed: `gradients/${depth}` });
      });
    }
  }
}

Deno.test("gradientCheck() of a net, another activation in each layer, is below 1e-6", () => {
  const activation = ["gelu", "relu", "tanh", "silu"] as const;
  const model: ModelSpec = {
    hiddenDims: [9, 8, 7, 6],
    weightScale: "orthogonal",
    dtype: "float64",
    activation,
  };
  checkGradients({ ...model, inputDim: 5, numClasses: 4, seed: "gradients/mixed" });
});

const TARGET_LOSSES: Readonly<Record<string, NetLoss>> = {
  "sigmoid": { name: "sigmoid" },
  "squared": { name: "squared" },
  "huber": { name: "huber", delta: 1.2 },
  "huber with a small delta": { name: "huber", delta: 0.35 },
};

for (const [lossName, loss] of Object.entries(TARGET_LOSSES)) {
  for (const [name, settings] of Object.entries(CHECKED)) {
    for (const depth of [1, 2, 3, 4, 5]) {
      Deno.test(`gradientCheck() of a net, ${lossName} loss, ${name}, depth ${depth}, is below 1e-6`, () => {
        const hiddenDims = [9, 8, 7, 6].slice(0, depth - 1);
        const model: ModelSpec = {
          hiddenDims,
          weightScale: 0.5,
          reg: 0.1,
          dtype: "float64",
          activation: "silu",
        };
        checkGradients(
          { ...model, ...settings, inputDim: 5, numOutputs: 3, seed: `gradients/${depth}` },
          loss,
        );
      });
    }
  }
}

Deno.test("gradientCheck() of one output is below 1e-6", () => {
  const model: ModelSpec = { hiddenDims: [9], weightScale: "he", dtype: "float64", activation: "tanh" };
  checkGradients({ ...model, inputDim: 5, numOutputs: 1, seed: "gradients/one" }, { name: "sigmoid" });
});

function checkGradients(options: FullyConnectedNetOptions, targetLoss?: NetLoss): void {
  const net = new FullyConnectedNet(options);
  const stream = openStream("gradients/x");
  const x = matrix(Array.from({ length: 6 }, () => Array.from({ length: 5 }, () => stream.normal())), {
    dtype: "float64",
  });
  // Zero biases would put a row that dropout emptied right on the kink of ReLU, where there is no gradient to check.
  for (const { name, value } of net.parameters) {
    if (name.startsWith("b")) value.data.forEach((_, i) => value.data[i] = 0.5 * stream.normal());
  }
  const labels = [0, 3, 1, 2, 2, 0];
  const targets = {
    ...{ rows: x.rows, cols: net.numOutputs },
    data: Float64Array.from({ length: x.rows * net.numOutputs }, () => stream.uniform()),
  };
  const loss = () => (targetLoss === undefined ? net.loss(x, labels) : net.loss(x, targets, targetLoss)).loss;
  loss();
  const analytic = net.parameters.map(({ gradient }) => gradient.data.slice());
  net.parameters.forEach(({ name, value }, i) => {
    // Batch normalization takes out what a bias before it adds: its gradient is zero but for rounding, which has no
    // relative error.
    if (options.normalization === "batchnorm" && /^b[0-9]/.test(name) && i < net.parameters.length - 1) {
      assert(analytic[i].every((element) => Math.abs(element) < 1e-12), `${name}: ${analytic[i]}`);
      return;
    }
    const values = value.data as Float64Array;
    const gradient = analytic[i];
    // Where Huber's loss becomes linear its slope has a kink, which long steps would cross.
    const step = targetLoss?.name === "huber" ? 1e-4 : 1e-3;
    const result = isSmooth(options)
      ? extrapolatedCheck({ loss, values, gradient, step })
      : gradientCheck({ loss, values, gradient, stepSize: 3e-5 });
    assert(result.maxRelativeError < 1e-6, `${name}: ${JSON.stringify(result)}`);
  });
}

/** Whether the loss has no kinks, so that longer steps are possible. */
function isSmooth({ activation }: FullyConnectedNetOptions): boolean {
  return typeof activation === "string" && activation !== "relu" && activation !== "leakyRelu";
}

/**
 * As gradientCheck(), whose differences are extrapolated from two steps (Richardson): in deep nets with batch normalization
 * the error of a plain difference, from curvature or from rounding, is above 1e-6 of the smallest gradients.
 */
function extrapolatedCheck(
  { loss, values, gradient, step }: Pick<GradientCheckOptions, "loss" | "values" | "gradient"> & {
    readonly step: number;
  },
): { readonly maxRelativeError: number } {
  let maxRelativeError = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const slope = (distance: number) => {
      values[i] = value + distance;
      const above = loss();
      values[i] = value - distance;
      const below = loss();
      values[i] = value;
      return (above - below) / (2 * distance);
    };
    const numeric = (4 * slope(step) - slope(2 * step)) / 3;
    const size = Math.max(1e-8, Math.abs(gradient[i]) + Math.abs(numeric));
    maxRelativeError = Math.max(maxRelativeError, Math.abs(gradient[i] - numeric) / size);
  }
  return { maxRelativeError };
}
