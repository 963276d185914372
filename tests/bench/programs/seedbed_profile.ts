/**
 * Trains Seedbed's net with a clock around every kernel: `seedbed_profile.ts WORKLOAD KERNELS STEPS`.
 *
 * It prints JSON: the milliseconds of a step, and of each kernel in it, by kernel and shape.
 */
import type { KernelKind } from "../../../lib/core/facts/kernel_kind.ts";
import { createKernels } from "../../../lib/kernels/create_kernels.ts";
import { initializeParameters } from "../../../lib/nn/net/initialize_parameters.ts";
import { createOptimizer } from "../../../lib/nn/training/optimizer.ts";
import { activationsOf } from "../../../lib/nn/net/activation_names.ts";
import { createPass } from "../../../lib/nn/net/pass.ts";
import { resolveOptimizer } from "../../../lib/nn/training/resolve_solver.ts";
import { tensorShapes } from "../../../lib/nn/net/tensor_shapes.ts";
import { INPUT_DIM, NUM_CLASSES, workloadNamed } from "../workloads.ts";
import { readStepInputs } from "./step_inputs.ts";
import { timedKernels } from "./timed_kernels.ts";

const [name, kind, stepCount] = Deno.args as [string, KernelKind, string];
const workload = workloadNamed(name);
const { hiddenDims, batchSize, normalization, keepRatio } = workload;
const steps = Number(stepCount);
const { train, mean, pickRows } = readStepInputs(workload);
const { kernels, times } = timedKernels(createKernels({ dtype: "float32", kind }));
const activations = activationsOf({ hiddenDims });
const parameters = initializeParameters(kernels, {
  shapes:
    tensorShapes({ inputDim: INPUT_DIM, hiddenDims, numOutputs: NUM_CLASSES, normalization }).parameters,
  weightScale: 1e-2,
  activations,
  streamRoot: "231/0",
});
const running = (dim: number) => ({ mean: kernels.tensor(1, dim), variance: kernels.tensor(1, dim) });
const state = {
  kernels,
  parameters,
  normalization,
  hasClasses: true,
  activations,
  residuals: hiddenDims.map(() => false),
  dropoutKeepRatio: keepRatio,
  reg: 0,
  streamRoot: "231/0",
};
const runningAverages = normalization === "batchnorm" ? hiddenDims.map(running) : [];
const pass = createPass({ ...state, runningAverages }, batchSize);
const meanTensor = kernels.tensor(1, INPUT_DIM);
meanTensor.data.set(mean);
const indices = kernels.indices(batchSize);
const gather = kernels.gather({ rows: train.x, mean: meanTensor, indices, out: pass.x });
const rule = resolveOptimizer({ name: "adam", learningRate: 5e-4 }, { action: "profile a step" });
const optimizer = createOptimizer(kernels, { parameters, rule });

function step(index: number): void {
  pickRows(index, indices.data);
  for (let i = 0; i < batchSize; i++) pass.labels.data[i] = train.labels[indices.data[i]];
  gather();
  pass.forward("train");
  pass.backward();
  optimizer.step(rule.learningRate);
}

pass.startEpoch(1);
for (let i = 0; i < steps; i++) step(i);
for (const time of times.values()) time.ms = time.calls = 0;
const start = performance.now();
for (let i = 0; i < steps; i++) step(i);
const stepMs = (performance.now() - start) / steps;
const kernelTimes = [...times].filter(([, { calls }]) => calls > 0)
  .map(([name, { ms, calls }]) => ({ name, ms: ms / steps, calls: calls / steps }));
console.log(`ended ${JSON.stringify({ stepMs, times: kernelTimes })}`);
