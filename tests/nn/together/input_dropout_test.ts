// Several sources together: dropout of a net's input, from its settings to scores and gradients.
import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { openStream } from "../../../lib/core/numbers/random.ts";
import { FullyConnectedNet } from "../../../lib/nn/net/fully_connected_net.ts";
import { assertGradients } from "./assert_gradients.ts";

const MODEL = {
  hiddenDims: [6],
  weightScale: 0.5,
  dtype: "float64",
  inputDim: 20,
  numClasses: 3,
  seed: 5,
} as const;

function rows(n: number) {
  const stream = openStream("test/input_dropout");
  return { rows: n, cols: 20, data: Float64Array.from({ length: n * 20 }, () => stream.normal()) };
}

Deno.test("FullyConnectedNet drops features of its input in training alone, with the same masks at every call", () => {
  const net = new FullyConnectedNet({ ...MODEL, inputDropoutKeepRatio: 0.5 });
  const plain = new FullyConnectedNet(MODEL);
  const x = rows(9);
  const labels = [0, 1, 2, 0, 1, 2, 0, 1, 2];
  assertEquals(net.scores(x), plain.scores(x));
  const { loss } = net.loss(x, labels);
  assertEquals(net.loss(x, labels).loss, loss);
  assertNotEquals(loss, plain.loss(x, labels).loss);
  const pass = net.pass(9);
  pass.x.data.set(x.data);
  pass.startEpoch(1);
  pass.forward("train");
  const dropped = pass.x.data.filter((value) => value === 0).length;
  assert(dropped > 60 && dropped < 120, `${dropped} of 180 features were dropped`);
  pass.x.data.forEach((value, i) => assert(value === 0 || value === 2 * x.data[i]));
});

Deno.test("FullyConnectedNet with dropout of its input has gradients that differences confirm", () => {
  const net = new FullyConnectedNet({ ...MODEL, inputDropoutKeepRatio: 0.7 });
  const x = rows(7);
  const labels = [0, 1, 2, 0, 1, 2, 0];
  assertGradients(net.parameters, () => net.loss(x, labels).loss);
});
