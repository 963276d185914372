import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { openStream } from "../../../lib/core/numbers/random.ts";
import { type InitializerName, INITIALIZERS } from "../../../lib/nn/net/initializers.ts";
import { FullyConnectedNet } from "../../../lib/nn/net/fully_connected_net.ts";

const SHAPE = { rows: 300, cols: 200 };

function draw(name: InitializerName): Float64Array {
  const data = new Float64Array(SHAPE.rows * SHAPE.cols);
  INITIALIZERS[name]({ ...SHAPE, gain: 1, data }, openStream("initializers"));
  return data;
}

const CASES: readonly (readonly [InitializerName, variance: number, limit: number])[] = [
  ["he", 2 / 300, Infinity],
  ["heUniform", 2 / 300, Math.sqrt(6 / 300)],
  ["glorot", 2 / 500, Infinity],
  ["glorotUniform", 2 / 500, Math.sqrt(6 / 500)],
  ["orthogonal", 1 / 300, 1],
];

for (const [name, variance, limit] of CASES) {
  Deno.test(`INITIALIZERS.${name} has mean 0, variance ${variance} and stays in its range`, () => {
    const weights = draw(name);
    const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
    const found = weights.reduce((sum, weight) => sum + weight * weight, 0) / weights.length;
    const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
    assertAlmostEquals(mean, 0, 4 * Math.sqrt(variance / weights.length));
    assertAlmostEquals(found, variance, 0.03 * variance);
    assert(largest <= limit, `${largest} is above ${limit}`);
    if (name.endsWith("Uniform")) assert(largest > 0.999 * limit, `${largest} is far below ${limit}`);
  });
}

function firstWeights(options: { weightScale: InitializerName | number; activation?: "tanh" }): number {
  const net = new FullyConnectedNet({
    hiddenDims: [4, 3],
    inputDim: 5,
    numClasses: 2,
    seed: 3,
    dtype: "float64",
    ...options,
  });
  return net.parameters[0].value.data[0];
}

Deno.test("a net multiplies orthogonal weights by sqrt(2) before ReLU, and by 1 before tanh and the scores", () => {
  const plain = firstWeights({ weightScale: "orthogonal", activation: "tanh" });
  assertEquals(firstWeights({ weightScale: "orthogonal" }), Math.SQRT2 * plain);
});

Deno.test("a net draws he and a number from the stream of the weights' name", () => {
  const normal = openStream("3/init/W1").normal();
  assertEquals(firstWeights({ weightScale: "he" }), normal * Math.sqrt(2 / 5));
  assertEquals(firstWeights({ weightScale: 0.5 }), normal * 0.5);
});
