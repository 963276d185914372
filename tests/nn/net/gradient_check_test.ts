import { assert } from "@std/assert";
import { matrix } from "../../../lib/core/numbers/matrix.ts";
import { openStream } from "../../../lib/core/numbers/random.ts";
import { FullyConnectedNet, type FullyConnectedNetOptions } from "../../../lib/nn/net/fully_connected_net.ts";
import { gradientCheck } from "../../../lib/nn/net/gradient_check.ts";
import type { ModelSpec } from "../../../lib/nn/net/model_spec.ts";

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

function checkGradients(options: FullyConnectedNetOptions): void {
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
  const loss = () => net.loss(x, labels).loss;
  loss();
  const analytic = net.parameters.map(({ gradient }) => gradient.data.slice());
  net.parameters.forEach(({ name, value }, i) => {
    // Batch normalization takes out what a bias before it adds: its gradient is zero but for rounding, which has no
    // relative error.
    if (options.normalization === "batchnorm" && /^b[0-9]/.test(name) && i < net.parameters.length - 1) {
      assert(analytic[i].every((element) => Math.abs(element) < 1e-12), `${name}: ${analytic[i]}`);
      return;
    }
    const result = gradientCheck({
      loss,
      values: value.data as Float64Array,
      gradient: analytic[i],
      stepSize: 3e-5,
    });
    assert(result.maxRelativeError < 1e-6, `${name}: ${JSON.stringify(result)}`);
  });
}
