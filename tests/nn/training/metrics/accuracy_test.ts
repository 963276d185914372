import { assertEquals, assertThrows } from "@std/assert";
import { FullyConnectedNet } from "../../../../lib/nn/net/fully_connected_net.ts";
import type { ModelSpec } from "../../../../lib/nn/net/model_spec.ts";
import { NotFiniteError } from "../../../../lib/nn/net/not_finite_error.ts";
import { bindScores } from "../../../../lib/nn/training/metrics/accuracy.ts";
import { bindMetrics } from "../../../../lib/nn/training/metrics/bind_metrics.ts";
import { measureScores } from "./measure_scores.ts";

interface Case {
  readonly name: string;
  readonly model?: Partial<ModelSpec>;
  /** The parameters that are set, by their names. */
  readonly parameters: Readonly<Record<string, readonly number[]>>;
  /** Rows of two features. */
  readonly x: readonly number[];
  /** The error's message; null if the rows have scores. */
  readonly found: string | null;
}

const CASES: readonly Case[] = [
  {
    // -6e38 on the way to 3e38: the unit would be 0.
    name: "a sum overflows on its way to a number",
    parameters: { W1: [-2, -3] },
    x: [1, 2, 3e38, -3e38],
    found: "a sum of hidden layer 1 is -Infinity for row 1 of the rows",
  },
  {
    name: "a sum of a second layer does",
    model: { hiddenDims: [2, 1] },
    parameters: { W1: [1, 0, 0, 1], W2: [-3e38, 3e38] },
    x: [2, 3, 1, 1],
    found: "a sum of hidden layer 2 is -Infinity for row 0 of the rows",
  },
  {
    name: "a sum overflows in float64",
    model: { dtype: "float64" },
    parameters: { W1: [-2, -3] },
    x: [1e308, -1e308],
    found: "the score of class 0 is NaN for row 0 of the rows",
  },
  {
    name: "no sum overflows, but large numbers might have",
    parameters: { W1: [-2, 3] },
    x: [1e38, 0.5e38, 1, 2],
    found: null,
  },
  {
    name: "only a bound over many layers overflows",
    model: { hiddenDims: Array.from({ length: 60 }, () => 8), weightScale: "he" },
    parameters: {},
    x: [1, 2, 3, 4],
    found: null,
  },
  {
    // Infinity on the way: the unit would be 1.
    name: "a sum of a layer with tanh overflows",
    model: { activation: "tanh" },
    parameters: { W1: [2, -3] },
    x: [1, 2, 3e38, 0],
    found: "a sum of hidden layer 1 is Infinity for row 1 of the rows",
  },
  {
    name: "a sum of a second layer with sigmoid overflows",
    model: { hiddenDims: [1, 1], activation: ["leakyRelu", "sigmoid"] },
    parameters: { W1: [1, 1], W2: [-10] },
    x: [1, 2, 2e38, 0],
    found: "a sum of hidden layer 2 is -Infinity for row 1 of the rows",
  },
  {
    name: "a sum of a layer with gelu overflows",
    model: { activation: "gelu" },
    parameters: { W1: [-2, -3] },
    x: [1, 2, 3e38, 0],
    found: "the score of class 0 is NaN for row 1 of the rows",
  },
  {
    name: "tanh bounds what the next layer is given",
    model: { hiddenDims: [1, 1], activation: "tanh" },
    parameters: { W1: [1, 1], W2: [1e38] },
    x: [1, 2, 1e38, 0],
    found: null,
  },
  {
    // -3.39e38 and -3e36, which ReLU would make 0.
    name: "only a residual connection makes a sum overflow",
    model: { hiddenDims: [1, 1], activation: ["leakyRelu", "relu"], residual: true },
    parameters: { W1: [1, 0], W2: [113] },
    x: [1, 2, -3e38, 0],
    found: "a sum of hidden layer 2 is -Infinity for row 1 of the rows",
  },
  {
    name: "bytes make a sum overflow",
    parameters: { W1: [-3e38, 3e38] },
    x: [255, 250],
    found: "a sum of hidden layer 1 is -Infinity for row 0 of the rows",
  },
];

for (const { name, model, parameters, x, found } of CASES) {
  Deno.test(`bindScores() ${found === null ? "shows scores" : "throws"} when ${name}`, () => {
    for (const kernels of ["wasm", "twin"] as const) {
      const net = new FullyConnectedNet({
        ...{ hiddenDims: [1], inputDim: 2, numClasses: 2, seed: 1, kernels },
        ...model,
      });
      for (const { name, value } of net.parameters) if (name in parameters) value.data.set(parameters[name]);
      const n = x.length / 2;
      const isBytes = x.every((value) => Number.isInteger(value) && value > 100 && value <= 255);
      const split = {
        n,
        x: isBytes ? Uint8Array.from(x) : Float64Array.from(x),
        labels: new Int32Array(n),
      };
      const visit = bindScores(net, {
        split,
        splitName: "the rows",
        mean: net.kernels.tensor(1, 2),
        rows: Int32Array.from({ length: n }, (_, row) => row),
        batchSize: 3,
      });
      const shown: number[] = [];
      const run = () => visit((row) => shown.push(row));
      if (found === null) {
        run();
        assertEquals(shown.length, n);
      } else assertEquals(assertThrows(run, NotFiniteError).message, found);
    }
  });
}

Deno.test("bindScores() has 0 and the output as the scores of two classes, whatever the batches", () => {
  const outputs = [-2, 0, 3.5, -0, 1e-300, -700, 700];
  for (const batchSize of [1, 3, 7, 9]) {
    const net = new FullyConnectedNet({
      ...{ hiddenDims: [], inputDim: 1, numOutputs: 1, seed: 1, dtype: "float64", kernels: "twin" },
    });
    net.parameters[0].value.data.fill(1);
    const split = { n: 7, x: Float64Array.from(outputs), labels: new Int32Array(7) };
    const rows = Int32Array.from(outputs, (_, row) => row);
    const mean = net.kernels.tensor(1, 1);
    const found: number[][] = [];
    const targets = { kind: "numbers", names: ["y"], scales: [{ offset: 0, divisor: 1 }] } as const;
    bindScores(net, { split, splitName: "the rows", mean, rows, batchSize })((row, { data, cols }, i) => {
      found[row] = [...data.subarray(i * cols, (i + 1) * cols)];
    });
    assertEquals(found, outputs.map((output) => [0, output + 0]));
    // A target alone has its output alone.
    bindScores(net, { split, splitName: "the rows", mean, rows, batchSize, targets })((_, { cols }) => {
      assertEquals(cols, 1);
    });
  }
});

Deno.test("bindMetrics() measures two classes from one output as softmax does scores of 0 and the output", () => {
  const scores = [-3, 0, 0.25, -0.25, 40, -41, 2, 2].map((score) => [0, score]);
  const labels = [0, 0, 1, 1, 1, 0, 0, 1];
  const metrics = [
    "validationLoss",
    "validationMacroF1",
    "validationBalancedAccuracy",
    "validationAuc",
  ] as const;
  const net = new FullyConnectedNet({
    ...{ hiddenDims: [], inputDim: 2, numOutputs: 1, seed: 1, dtype: "float64", kernels: "twin" },
  });
  net.parameters[0].value.data.set([0, 1]);
  const { accuracy, values } = bindMetrics(net, {
    split: { n: 8, x: Float64Array.from(scores.flat()), labels: Int32Array.from(labels) },
    splitName: "the rows",
    mean: net.kernels.tensor(1, 2),
    rows: Int32Array.from(labels, (_, row) => row),
    batchSize: 3,
    metrics,
  })();
  const measured = Object.fromEntries(metrics.map((name, index) => [name, values[index]]));
  assertEquals({ validationAccuracy: accuracy!, ...measured }, measureScores({ labels, scores }, metrics));
});
