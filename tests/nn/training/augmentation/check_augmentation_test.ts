import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../../lib/core/check/errors.ts";
import type { AugmentationSpec } from "../../../../lib/nn/training/augmentation/augmentation_spec.ts";
import {
  type AugmentationPlace,
  checkAugmentation,
} from "../../../../lib/nn/training/augmentation/check_augmentation.ts";

const IMAGE = { width: 8, height: 6, channels: 3 };

Deno.test("checkAugmentation() accepts what fits the shorter side of the image, and none on data without images", () => {
  checkAugmentation(undefined, { action: "train", image: null });
  const largest = { crop: { padding: 5 }, cutout: { size: 6 } };
  checkAugmentation(largest, { action: "train", image: IMAGE, inputDim: 144 });
});

const WRONG: readonly (readonly [AugmentationSpec, Partial<AugmentationPlace>, string])[] = [
  [
    { flip: true },
    { image: null },
    "solver.augmentation must be left out for these data, whose rows are no images",
  ],
  [
    { crop: { padding: 6 } },
    {},
    "solver.augmentation.crop.padding must be below 6 for images of 8 x 6 pixels, found 6",
  ],
  [
    { cutout: { size: 7 } },
    {},
    "solver.augmentation.cutout.size must be at most 6 for images of 8 x 6 pixels, found 7",
  ],
  [
    { flip: true },
    { inputDim: 48 },
    "solver.augmentation needs images that are the 48 features of a row, found 8 x 6 pixels of 3 channels",
  ],
];

for (const [augmentation, place, message] of WRONG) {
  Deno.test(`checkAugmentation() throws: ${message}`, () => {
    const check = () => checkAugmentation(augmentation, { action: "train", image: IMAGE, ...place });
    assertEquals(assertThrows(check, InputError).message, `Cannot train: ${message}`);
  });
}
