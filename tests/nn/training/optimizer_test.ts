import { createKernels } from "../../../lib/kernels/create_kernels.ts";
import { createOptimizer } from "../../../lib/nn/training/optimizer.ts";
import type { OptimizerSpec } from "../../../lib/nn/training/optimizer_spec.ts";
import { resolveOptimizer } from "../../../lib/nn/training/resolve_solver.ts";
import { assertClose, type FixtureMatrix, parameterOf, readFixtures } from "../../golden/fixtures.ts";

interface OptimizerFixture {
  readonly spec: OptimizerSpec;
  readonly start: FixtureMatrix;
  readonly steps: readonly { readonly gradient: readonly number[]; readonly weights: readonly number[] }[];
}

for (
  const [name, { spec, start, steps }] of Object.entries(
    await readFixtures<Record<string, OptimizerFixture>>("optimizers"),
  )
) {
  Deno.test(`createOptimizer() agrees with PyTorch's ${name} to 1e-10 over ${steps.length} steps`, () => {
    const kernels = createKernels({ dtype: "float64" });
    const parameter = parameterOf(kernels, { name: "W", value: start });
    const rule = resolveOptimizer(spec, { action: "test" });
    const optimizer = createOptimizer(kernels, { parameters: [parameter], rule });
    steps.forEach(({ gradient, weights }, i) => {
      parameter.gradient.data.set(gradient);
      optimizer.step(rule.learningRate);
      assertClose(parameter.value.data, weights, `weights after step ${i + 1}`);
    });
  });
}

Deno.test("createOptimizer() with adamw leaves biases undecayed", () => {
  const kernels = createKernels({ dtype: "float64" });
  const value = { rows: 1, cols: 2, data: [3, -4] };
  const weights = parameterOf(kernels, { name: "W", value });
  const bias = parameterOf(kernels, { name: "b", value });
  const rule = resolveOptimizer({ name: "adamw", learningRate: 0.1, weightDecay: 0.5 }, { action: "test" });
  createOptimizer(kernels, { parameters: [weights, bias], rule }).step(0.1);
  assertClose(weights.value.data, [2.85, -3.8], "weights");
  assertClose(bias.value.data, [3, -4], "bias");
});
