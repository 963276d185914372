import { assertEquals } from "@std/assert";
import { FullyConnectedNet } from "../../../lib/nn/net/fully_connected_net.ts";
import { averageWeights } from "../../../lib/nn/training/weight_average.ts";

function makeNet(): FullyConnectedNet {
  const model = { hiddenDims: [3], normalization: "batchnorm", weightScale: "he" } as const;
  return new FullyConnectedNet({ ...model, inputDim: 2, numClasses: 2, seed: 1 });
}

Deno.test("averageWeights() begins with what the net is, and stays there when nothing changes", () => {
  const net = makeNet();
  const start = net.snapshot();
  for (const decay of [0.9, 0.999, 0.1]) {
    const average = averageWeights(net, { decay });
    for (let i = 0; i < 100; i++) average.move();
    average.swap();
    assertEquals(net.snapshot(), start);
    average.swap();
  }
});

Deno.test("averageWeights() moves a part of the way, running averages too", () => {
  const net = makeNet();
  const average = averageWeights(net, { decay: 0.75 });
  const first = net.tensors.map(({ value }) => value.data.slice());
  net.tensors.forEach(({ value: { data } }, i) => data.forEach((_, k) => data[k] = first[i][k] + 1));
  average.move();
  average.tensors.forEach(({ name, value }, i) => {
    assertEquals(name, `moving average of ${net.tensors[i].name}`);
    const way = (x: number) => Math.fround(x + Math.fround(0.25 * Math.fround(Math.fround(x + 1) - x)));
    assertEquals(Array.from(value.data), Array.from(first[i], way));
  });
});

Deno.test("swap() exchanges averages and weights, and a second call restores both", () => {
  const net = makeNet();
  const average = averageWeights(net, { decay: 0.5 });
  const averaged = net.snapshot();
  for (const { value } of net.tensors) value.data.fill(7);
  const trained = net.snapshot();
  average.swap();
  assertEquals(net.snapshot(), averaged);
  average.swap();
  assertEquals(net.snapshot(), trained);
  average.restore(trained);
  average.swap();
  assertEquals(net.snapshot(), trained);
});
