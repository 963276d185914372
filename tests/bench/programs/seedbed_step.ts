/** Trains Seedbed's net step by step: `seedbed_step.ts WORKLOAD KERNELS DTYPE`; its work is `step`. */
import type { DType } from "../../../lib/core/numbers/dtype.ts";
import type { KernelKind } from "../../../lib/core/facts/kernel_kind.ts";
import { FullyConnectedNet } from "../../../lib/nn/net/fully_connected_net.ts";
import { createOptimizer } from "../../../lib/nn/training/optimizer.ts";
import { resolveOptimizer } from "../../../lib/nn/training/resolve_solver.ts";
import { INPUT_DIM, NUM_CLASSES, workloadNamed } from "../workloads.ts";
import { countSubnormal } from "./count_subnormal.ts";
import { serveSteps } from "./serve_steps.ts";
import { readStepInputs } from "./step_inputs.ts";

const [name, kernels, dtype] = Deno.args as [string, KernelKind, DType];
const workload = workloadNamed(name);
const { batchSize, hiddenDims, normalization, keepRatio } = workload;
const inputs = readStepInputs(workload);
const { train } = inputs;
const net = new FullyConnectedNet({
  hiddenDims,
  inputDim: INPUT_DIM,
  numClasses: NUM_CLASSES,
  normalization,
  dropoutKeepRatio: keepRatio,
  dtype,
  kernels,
  seed: 231,
});
const rule = resolveOptimizer({ name: "adam", learningRate: 5e-4 }, { action: "measure a step" });

// The steps of `Solver`, one at a time.
const mean = net.kernels.tensor(1, INPUT_DIM);
mean.data.set(inputs.mean);
const pass = net.pass(batchSize);
const indices = net.kernels.indices(batchSize);
const gather = net.kernels.gather({ rows: train.x, mean, indices, out: pass.x });
const optimizer = createOptimizer(net.kernels, { parameters: net.parameters, rule });
const powersOfBeta = optimizer.tensors.at(-1)!;

function reset(): void {
  let at = 0;
  for (const { value } of net.parameters) {
    value.data.set(inputs.parameters.subarray(at, at + value.data.length));
    at += value.data.length;
  }
  for (const { value } of optimizer.tensors) value.data.fill(0);
  powersOfBeta.value.data.fill(1);
  pass.startEpoch(1);
}

function step(index: number): number {
  const rows = indices.data;
  const labels = pass.labels.data;
  inputs.pickRows(index, rows);
  for (let i = 0; i < batchSize; i++) labels[i] = train.labels[rows[i]];
  gather();
  pass.forward("train");
  const loss = pass.backward();
  if (!Number.isFinite(loss)) throw new Error(`Cannot go on: the loss must be finite, found ${loss}`);
  optimizer.step(rule.learningRate);
  return loss;
}

await serveSteps({
  step,
  reset,
  countSubnormal: () =>
    countSubnormal([
      ...net.parameters.flatMap(({ value, gradient }) => [value.data, gradient.data]),
      ...optimizer.tensors.map(({ value }) => value.data),
    ]),
}, { about: `Deno ${Deno.version.deno}, V8 ${Deno.version.v8}, kernels ${kernels}` });
