import { assertEquals, assertThrows } from "@std/assert";
import type { TargetKind } from "../../../../lib/core/facts/metric.ts";
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

Deno.test("resolveLoss() leaves out what confirms the default of each kind of data", () => {
  const cases: readonly (readonly [LossSpec, TargetKind, LossSpec | undefined])[] = [
    [{ name: "softmax" }, "class", undefined],
    [{ name: "softmax", labelSmoothing: 0.1 }, "class", { labelSmoothing: 0.1 }],
    [{ name: "sigmoid" }, "class", { name: "sigmoid" }],
    [{ name: "sigmoid" }, "labels", undefined],
    [{ labelSmoothing: 0.1 }, "labels", { labelSmoothing: 0.1 }],
    [{ name: "squared" }, "numbers", undefined],
    [{ name: "huber", delta: 1 }, "numbers", { name: "huber" }],
    [{ name: "huber", delta: 2 }, "numbers", { name: "huber", delta: 2 }],
  ];
  for (const [loss, kind, resolved] of cases) {
    assertEquals(resolveLoss(loss, { action: "train", kind }), resolved);
  }
});

const OF_OTHER_KINDS: readonly (readonly [unknown, TargetKind, string])[] = [
  [
    { name: "squared" },
    "class",
    'solver.loss.name must be "softmax" or "sigmoid" for data with classes, found "squared"',
  ],
  [
    { name: "softmax" },
    "labels",
    'solver.loss.name must be "sigmoid" for data with several labels, found "softmax"',
  ],
  [
    { name: "sigmoid" },
    "numbers",
    'solver.loss.name must be "squared" or "huber" for data with a target, found "sigmoid"',
  ],
  [
    { name: "mse" },
    "numbers",
    'solver.loss.name must be "softmax", "sigmoid", "squared" or "huber", found "mse"',
  ],
  [
    { labelSmoothing: 0.1 },
    "numbers",
    "solver.loss.labelSmoothing is not a field, the fields are name",
  ],
  [{ name: "squared", delta: 2 }, "numbers", "solver.loss.delta is not a field, the fields are name"],
  [{ name: "huber", delta: 0 }, "numbers", "solver.loss.delta must be a number above 0, found 0"],
  [
    { delta: 2 },
    "class",
    "solver.loss.delta is not a field, the fields are name, labelSmoothing, classWeights",
  ],
  [
    { classWeights: "balanced" },
    "labels",
    "solver.loss.classWeights must not be given for data with several labels",
  ],
  ["squared", "numbers", 'solver.loss must be an object, found "squared"'],
];

for (const [loss, kind, message] of OF_OTHER_KINDS) {
  Deno.test(`resolveLoss() throws for ${kind} and ${JSON.stringify(loss)}`, () => {
    const { message: found } = assertThrows(
      () => resolveLoss(loss as LossSpec, { action: "train", kind }),
      InputError,
    );
    assertEquals(found, `Cannot train: ${message}`);
  });
}

Deno.test("LossSpec refuses settings of another loss by its type", () => {
  const wrong: readonly LossSpec[] = [
    // @ts-expect-error Softmax has no delta.
    { name: "softmax", delta: 2 },
    // @ts-expect-error Numbers have no classes.
    { name: "squared", classWeights: "balanced" },
    // @ts-expect-error Numbers are not smoothed.
    { name: "huber", labelSmoothing: 0.1 },
    // @ts-expect-error There is no such loss.
    { name: "hinge" },
  ];
  for (const loss of wrong) {
    for (const kind of ["class", "labels", "numbers"] as const) {
      assertThrows(() => resolveLoss(loss, { action: "train", kind }), InputError);
    }
  }
});
