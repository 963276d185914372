/** Trains Seedbed's net step by step: `seedbed_step.ts WORKLOAD`; its work is `step`. */
import { openStream, shuffle } from "../../../lib/core/random.ts";
import { FullyConnectedNet } from "../../../lib/nn/fully_connected_net.ts";
import { createOptimizer } from "../../../lib/nn/optimizer.ts";
import { resolveOptimizer } from "../../../lib/nn/resolve_solver.ts";
import { workloadNamed } from "../workloads.ts";
import { randomDataset } from "./random_dataset.ts";
import { serve } from "./serve.ts";

const workload = workloadNamed(Deno.args[0]);
const { batchSize, hiddenDims, normalization, keepRatio } = workload;
const { train, mean, inputDim, numClasses } = randomDataset();
const net = new FullyConnectedNet({
  hiddenDims,
  inputDim,
  numClasses,
  normalization,
  dropoutKeepRatio: keepRatio,
  weightScale: 1e-2,
  seed: 231,
});
const rule = resolveOptimizer({ name: "adam", learningRate: 5e-4 }, { action: "measure a step" });

// The steps of `Solver`, one at a time.
const meanTensor = net.kernels.tensor(1, inputDim);
meanTensor.data.set(mean);
const pass = net.pass(batchSize);
const indices = net.kernels.indices(batchSize);
const gather = net.kernels.gather({ rows: train.x, mean: meanTensor, indices, out: pass.x });
const optimizer = createOptimizer(net.kernels, { parameters: net.parameters, rule });
const order = Int32Array.from({ length: train.n }, (_, row) => row);
const stepsPerEpoch = Math.floor(train.n / batchSize);
let steps = 0;

function step(): void {
  const place = steps % stepsPerEpoch;
  if (place === 0) {
    const epoch = steps / stepsPerEpoch;
    shuffle(order, openStream(`231/0/shuffle/${epoch}`));
    pass.startEpoch(epoch);
  }
  const rows = indices.data;
  const labels = pass.labels.data;
  for (let i = 0; i < batchSize; i++) {
    rows[i] = order[place * batchSize + i];
    labels[i] = train.labels[rows[i]];
  }
  gather();
  pass.forward("train");
  const loss = pass.backward();
  if (!Number.isFinite(loss)) throw new Error(`Cannot go on: the loss must be finite, found ${loss}`);
  optimizer.step(rule.learningRate);
  steps++;
}

await serve({
  step(count) {
    for (let i = 0; i < count; i++) step();
  },
}, { about: `Deno ${Deno.version.deno}, V8 ${Deno.version.v8}` });
