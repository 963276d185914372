// Several sources together: the weights of rows, from a data set to the gradients of a net.
import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { openStream } from "../../../lib/core/numbers/random.ts";
import type { Dataset, Split } from "../../../lib/data/base/dataset.ts";
import { FullyConnectedNet } from "../../../lib/nn/net/fully_connected_net.ts";
import { Solver } from "../../../lib/nn/training/solver.ts";
import { assertGradients } from "./assert_gradients.ts";

const ROWS = 12;

function split(weights?: readonly number[]): Split {
  const stream = openStream("test/weights");
  return {
    n: ROWS,
    x: Float64Array.from({ length: ROWS * 3 }, () => stream.normal()),
    labels: Int32Array.from({ length: ROWS }, (_, row) => row % 3),
    ...weights === undefined ? {} : { weights: Float64Array.from(weights) },
  };
}

function dataset(weights?: readonly number[]): Dataset {
  const train = split(weights);
  const facts = {
    inputDim: 3,
    numClasses: 3,
    classNames: ["a", "b", "c"],
    image: null,
    mean: new Float64Array(3),
  };
  return { ...facts, train, validation: split(), test: split() };
}

function netOf(): FullyConnectedNet {
  const model = { hiddenDims: [5], weightScale: "he", dtype: "float64", reg: 0.01 } as const;
  return new FullyConnectedNet({ ...model, inputDim: 3, numClasses: 3, seed: 4 });
}

function trained(weights?: readonly number[]): Uint8Array {
  const net = netOf();
  const optimizer = { name: "sgd", learningRate: 0.1 } as const;
  const settings = { optimizer, batchSize: 4, epochs: 3 };
  return [...new Solver(net, { ...settings, dataset: dataset(weights) }).epochs()].length > 0
    ? net.snapshot()
    : new Uint8Array();
}

Deno.test("Solver gives the same bits when all weights are 1 or all are of another unit, as without weights", () => {
  const plain = trained();
  assertEquals(trained(new Array(ROWS).fill(1)), plain);
  assertEquals(trained(new Array(ROWS).fill(4)), plain);
  assertNotEquals(trained(Array.from({ length: ROWS }, (_, row) => 1 + row % 2)), plain);
});

Deno.test("Pass.bindLoss() gives a row of weight 2 the loss and the gradient of two equal rows", () => {
  const { x, labels } = split();
  const net = netOf();
  const fill = (rows: readonly number[]) => {
    const pass = net.pass(rows.length);
    rows.forEach((row, i) => {
      pass.x.data.set(x.subarray(row * 3, (row + 1) * 3), i * 3);
      pass.labels.data[i] = labels[row];
    });
    return pass;
  };
  const gradients = () => net.parameters.flatMap(({ gradient }) => [...gradient.data]);
  const single = fill([0, 1, 2]);
  const { weights, backward } = single.bindLoss({ name: "softmax", isWeighted: true, smoothing: 0 });
  // Four rows in place of three: a mean over three has weights of 3/4.
  weights!.data.set([2 * 0.75, 0.75, 0.75]);
  single.forward("train");
  const loss = backward();
  const own = gradients();
  const doubled = fill([0, 0, 1, 2]);
  doubled.forward("train");
  const expected = doubled.backward();
  assert(Math.abs(loss - expected) < 1e-14, `${loss}, ${expected}`);
  gradients().forEach((value, i) =>
    assert(Math.abs(value - own[i]) < 1e-14, `gradient ${i}: ${own[i]}, ${value}`)
  );
});

const NETS = [[], [4], [8, 6]].flatMap((hiddenDims) =>
  [0, 0.2].map((smoothing) => ({ hiddenDims, smoothing }))
);

for (const { hiddenDims, smoothing } of NETS) {
  const what = `${hiddenDims.length} hidden layers, smoothing ${smoothing}`;
  Deno.test(`Pass.bindLoss() has a gradient that differences confirm: ${what}`, () => {
    const model = { hiddenDims, weightScale: 0.5, dtype: "float64", reg: 0.1, regL1: 0.05 } as const;
    const net = new FullyConnectedNet({ ...model, inputDim: 3, numClasses: 3, seed: 9 });
    const { x, labels } = split();
    const pass = net.pass(ROWS);
    pass.x.data.set(x);
    pass.labels.data.set(labels);
    const { weights, backward } = pass.bindLoss({ name: "softmax", isWeighted: true, smoothing });
    weights!.data.forEach((_, row) => weights!.data[row] = 0.2 + (row * 7) % 5);
    const loss = () => {
      pass.forward("train");
      return backward();
    };
    assertGradients(net.parameters, loss);
  });
}

Deno.test("Pass.bindLoss() is the cross-entropy against smoothed targets", () => {
  const net = new FullyConnectedNet({
    hiddenDims: [],
    weightScale: 1,
    dtype: "float64",
    inputDim: 3,
    numClasses: 3,
    seed: 2,
  });
  const { x, labels } = split();
  const pass = net.pass(ROWS);
  pass.x.data.set(x);
  pass.labels.data.set(labels);
  const smoothing = 0.3;
  const { backward } = pass.bindLoss({ name: "softmax", isWeighted: false, smoothing });
  pass.forward("train");
  const loss = backward();
  let expected = 0;
  for (let row = 0; row < ROWS; row++) {
    const scores = [...pass.scores.data.subarray(row * 3, (row + 1) * 3)];
    const total = scores.reduce((sum, score) => sum + Math.exp(score), 0);
    scores.forEach((score, j) => {
      const target = smoothing / 3 + (j === labels[row] ? 1 - smoothing : 0);
      expected -= target * Math.log(Math.exp(score) / total) / ROWS;
    });
  }
  assert(Math.abs(loss - expected) < 1e-12, `${loss}, ${expected}`);
});
