import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../../lib/core/check/errors.ts";
import {
  type AugmentationSpec,
  resolveAugmentation,
} from "../../../../lib/nn/training/augmentation/augmentation_spec.ts";
import { resolveSolver } from "../../../../lib/nn/training/resolve_solver.ts";

const SOLVER = { optimizer: { name: "sgd", learningRate: 1 }, batchSize: 1, epochs: 1 } as const;

Deno.test("resolveSolver() leaves an augmentation out when it does nothing, so that ids stay", () => {
  const plain = resolveSolver(SOLVER, { action: "train" });
  const nothing: readonly AugmentationSpec[] = [
    {},
    { flip: false },
    { flip: { probability: 0 }, crop: { padding: 0 }, cutout: { size: 0 } },
  ];
  for (const augmentation of nothing) {
    assertEquals(resolveSolver({ ...SOLVER, augmentation }, { action: "train" }), plain);
  }
  const augmentation = { crop: { padding: 4 }, flip: { probability: 0.2 }, cutout: { size: 8 } };
  assertEquals(resolveSolver({ ...SOLVER, augmentation }, { action: "train" }), { ...plain, augmentation });
});

const SAME: readonly (readonly [AugmentationSpec, AugmentationSpec])[] = [
  [{ flip: {} }, { flip: true }],
  [{ flip: { probability: 0.5 } }, { flip: true }],
  [{ flip: { probability: 1 } }, { flip: { probability: 1 } }],
  [{ crop: { padding: 0 }, cutout: { size: 1 } }, { cutout: { size: 1 } }],
];

for (const [augmentation, resolved] of SAME) {
  Deno.test(`resolveAugmentation() makes of ${JSON.stringify(augmentation)} ${JSON.stringify(resolved)}`, () => {
    assertEquals(resolveAugmentation(augmentation, { action: "train" }), resolved);
  });
}

const WRONG = [
  [true, "solver.augmentation must be an object, found true"],
  [{ rotate: 5 }, "solver.augmentation.rotate is not a field, the fields are crop, flip, cutout"],
  [{ crop: 4 }, "solver.augmentation.crop must be an object, found 4"],
  [{ crop: {} }, "solver.augmentation.crop.padding must be a whole number from 0 on"],
  [
    { crop: { padding: 1.5 } },
    "solver.augmentation.crop.padding must be a whole number from 0 on, found 1.5",
  ],
  [{ crop: { size: 28 } }, "solver.augmentation.crop.size is not a field, the fields are padding"],
  [{ flip: "left" }, 'solver.augmentation.flip must be true or false or an object, found "left"'],
  [{ flip: null }, "solver.augmentation.flip must be true or false or an object, found null"],
  [{ flip: [0.5] }, "solver.augmentation.flip must be true or false or an object, found [0.5]"],
  [
    { flip: { probability: 1.1 } },
    "solver.augmentation.flip.probability must be a number from 0 to 1, found 1.1",
  ],
  [{ cutout: { size: -1 } }, "solver.augmentation.cutout.size must be a whole number from 0 on, found -1"],
] as const;

for (const [augmentation, message] of WRONG) {
  Deno.test(`resolveAugmentation() throws: ${message}`, () => {
    const { message: found } = assertThrows(
      () => resolveAugmentation(augmentation as AugmentationSpec, { action: "train" }),
      InputError,
    );
    assertEquals(found, `Cannot train: ${message}`);
  });
}
