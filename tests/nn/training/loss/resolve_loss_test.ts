import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../../lib/core/check/errors.ts";
import type { LossSpec } from "../../../../lib/nn/training/loss/loss_spec.ts";
import { resolveLoss } from "../../../../lib/nn/training/loss/resolve_loss.ts";
import { resolveSolver } from "../../../../lib/nn/training/resolve_solver.ts";

Deno.test("resolveSolver() leaves a loss out when it confirms the default, so that ids stay", () => {
  const solver = { optimizer: { name: "sgd", learningRate: 1 }, batchSize: 1, epochs: 1 } as const;
  const plain = resolveSolver(solver, { action: "train" });
  for (const loss of [{}, { labelSmoothing: 0 }]) {
    assertEquals(resolveSolver({ ...solver, loss }, { action: "train" }), plain);
  }
  const loss = { labelSmoothing: 0.1, classWeights: "balanced" } as const;
  assertEquals(resolveSolver({ ...solver, loss }, { action: "train" }), { ...plain, loss });
});

const WRONG = [
  [{ labelSmoothing: 1 }, "solver.loss.labelSmoothing must be a number from 0 to below 1, found 1"],
  [{ labelSmoothing: -0.1 }, "solver.loss.labelSmoothing must be a number from 0 to below 1, found -0.1"],
  [
    { classWeights: [1, 0] },
    'solver.loss.classWeights must be "balanced" or a list of at least 2 numbers above 0, found [1,0]',
  ],
  [
    { classWeights: "equal" },
    'solver.loss.classWeights must be "balanced" or a list of at least 2 numbers above 0, found "equal"',
  ],
  [
    { smoothing: 0.1 },
    "solver.loss.smoothing is not a field, the fields are name, labelSmoothing, classWeights",
  ],
] as const;

for (const [loss, message] of WRONG) {
  Deno.test(`resolveLoss() throws: ${message}`, () => {
    assertThrows(
      () => resolveLoss(loss as LossSpec, { action: "train", kind: "class" }),
      InputError,
      `Cannot train: ${message}`,
    );
  });
}
