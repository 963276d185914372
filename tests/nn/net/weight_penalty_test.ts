import { assertEquals } from "@std/assert";
import { createKernels } from "../../../lib/kernels/create_kernels.ts";
import { weightPenalty } from "../../../lib/nn/net/weight_penalty.ts";

Deno.test("weightPenalty() adds both penalties to weights and their gradients alone", () => {
  const kernels = createKernels({ dtype: "float64" });
  const parameterOf = (name: string, isWeight: boolean) => {
    const [value, gradient] = [kernels.tensor(1, 3), kernels.tensor(1, 3)];
    value.data.set([2, 0, -4]);
    return { name, value, gradient, isWeight };
  };
  const parameters = [parameterOf("W1", true), parameterOf("b1", false), parameterOf("W2", true)];
  const cases = [
    { reg: 0, regL1: 0, loss: 0, gradient: [0, 0, 0] },
    { reg: 0.5, regL1: 0, loss: 10, gradient: [1, 0, -2] },
    { reg: 0, regL1: 0.25, loss: 3, gradient: [0.25, 0, -0.25] },
    { reg: 0.5, regL1: 0.25, loss: 13, gradient: [1.25, 0, -2.25] },
  ];
  for (const { reg, regL1, loss, gradient } of cases) {
    for (const parameter of parameters) parameter.gradient.data.fill(0);
    assertEquals(weightPenalty(kernels, { parameters, reg, regL1 })(), loss);
    assertEquals(parameters.map((parameter) => [...parameter.gradient.data]), [
      gradient,
      [0, 0, 0],
      gradient,
    ]);
  }
});
