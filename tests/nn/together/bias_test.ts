// Several sources together: nets without biases in front of a normalization.
import { assertEquals } from "@std/assert";
import { openStream } from "../../../lib/core/numbers/random.ts";
import { FullyConnectedNet } from "../../../lib/nn/net/fully_connected_net.ts";
import { assertGradients } from "./assert_gradients.ts";

const LABELS = [0, 1, 2, 0, 1, 2, 0];

function rows(cols: number) {
  const stream = openStream("test/bias");
  const { length } = LABELS;
  return { rows: length, cols, data: Float64Array.from({ length: length * cols }, () => stream.normal()) };
}

for (const normalization of ["batchnorm", "layernorm"] as const) {
  const model = (depth: number) => ({
    hiddenDims: Array.from({ length: depth - 1 }, (_, i) => 4 + i),
    ...{ weightScale: 0.7, dtype: "float64", normalization } as const,
    ...{ inputDim: 5, numClasses: 3, seed: 8 },
  });

  Deno.test(`FullyConnectedNet without biases in front of ${normalization} is the net with biases of 0`, () => {
    const full = new FullyConnectedNet(model(3));
    const net = new FullyConnectedNet({ ...model(3), bias: false });
    assertEquals(
      net.parameters.map(({ name }) => name),
      ["W1", "gamma1", "beta1", "W2", "gamma2", "beta2", "W3", "b3"],
    );
    const x = rows(5);
    const expected = full.loss(x, LABELS);
    const { loss, gradients } = net.loss(x, LABELS);
    assertEquals(loss, expected.loss);
    for (const { name } of net.parameters) assertEquals(gradients[name], expected.gradients[name], name);
    assertEquals(net.scores(x), full.scores(x));
  });

  for (let depth = 1; depth <= 5; depth++) {
    Deno.test(`FullyConnectedNet of depth ${depth} without biases in front of ${normalization} has gradients that differences confirm`, () => {
      const net = new FullyConnectedNet({ ...model(depth), activation: "tanh", bias: false });
      const x = rows(5);
      assertGradients(net.parameters, () => net.loss(x, LABELS).loss);
    });
  }
}
