// Several sources together: residual connections, from a net's settings to scores and gradients.
import { assertEquals } from "@std/assert";
import { openStream } from "../../../lib/core/numbers/random.ts";
import { FullyConnectedNet } from "../../../lib/nn/net/fully_connected_net.ts";
import { assertGradients } from "./assert_gradients.ts";

const LABELS = [0, 1, 2, 0, 1, 2, 0];

function rows(cols: number) {
  const stream = openStream("test/residual");
  const { length } = LABELS;
  return { rows: length, cols, data: Float64Array.from({ length: length * cols }, () => stream.normal()) };
}

for (let depth = 3; depth <= 5; depth++) {
  for (const normalization of [null, "batchnorm", "layernorm"] as const) {
    for (const activation of ["relu", "gelu", "silu", "tanh"] as const) {
      for (const dropoutKeepRatio of [1, 0.8]) {
        const name = `depth ${depth}, ${normalization}, ${activation}, dropout ${dropoutKeepRatio}`;
        Deno.test(`FullyConnectedNet with residual connections has gradients that differences confirm: ${name}`, () => {
          const net = new FullyConnectedNet({
            ...{ hiddenDims: Array(depth - 1).fill(6), residual: true, weightScale: 0.5, reg: 0.1 },
            // A bias in front of a normalization has gradients of almost 0.
            ...{
              dtype: "float64",
              normalization,
              bias: normalization === null,
              activation,
              dropoutKeepRatio,
            },
            ...{ inputDim: 4, numClasses: 3, seed: 3 },
          });
          // Away from 0, where ReLU has a kink and sums of dropped features lie.
          const stream = openStream("test/residual/biases");
          for (const { value, isWeight } of net.parameters) {
            if (!isWeight) value.data.forEach((v, k) => value.data[k] = v + 0.3 * stream.normal());
          }
          const x = rows(4);
          assertGradients(net.parameters, () => net.loss(x, LABELS).loss);
        });
      }
    }
  }
}

Deno.test("FullyConnectedNet adds the input of a hidden layer only behind a hidden layer of its width", () => {
  // Sums of 0 everywhere, so that the scores are what the connections carry.
  const net = new FullyConnectedNet({
    ...{ hiddenDims: [2, 2, 2, 3], inputDim: 2, numClasses: 3, seed: 1, dtype: "float64", residual: true },
  });
  for (const { value } of net.parameters) value.data.fill(0);
  const set = (name: string, values: readonly number[]) =>
    net.parameters.find((parameter) => parameter.name === name)!.value.data.set(values);
  set("W1", [1, 0, 0, 1]);
  set("W4", [1, 0, 0, 0, 1, 0]);
  set("W5", [1, 0, 0, 0, 1, 0, 0, 0, 1]);
  assertEquals(Array.from(net.scores({ rows: 1, cols: 2, data: Float64Array.of(3, 5) }).data), [3, 5, 0]);
});
