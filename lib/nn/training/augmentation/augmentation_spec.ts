import {
  aBoolean,
  anObject,
  anything,
  checkFields,
  either,
  numberWhere,
  wholeNumber,
} from "../../../core/check/fields.ts";

/**
 * How the images of the training split are changed each time a batch takes them: plain data.
 *
 * The operations follow each other in the order crop, flip, cutout, each for every image of a batch anew, and each from a
 * random stream of its own, so that switching one on moves no other random number. What is measured, on the sample of the
 * training split too, is measured on images as they are.
 */
export interface AugmentationSpec {
  /** Moves the image by a few pixels. Default: not. */
  readonly crop?: CropSpec;
  /** Mirrors the image left to right; true is a probability of 0.5. Default: false. */
  readonly flip?: boolean | FlipSpec;
  /** Blanks out a square. Default: not. */
  readonly cutout?: CutoutSpec;
}

/**
 * A random crop of the padded image, of the size of the image, each place equally likely: torchvision's
 * `RandomCrop(size, padding)`.
 *
 * A padded pixel is 0, as torchvision has it: black, before the mean of the training split is subtracted. Where programs pad
 * after they have subtracted it, a padded pixel is the mean. Keras' `RandomTranslation` reflects the image by default.
 */
export interface CropSpec {
  /** Pixels on each side: the image moves by up to so many, less than its shorter side has. 0 switches the crop off. */
  readonly padding: number;
}

/** A mirror image, left to right: torchvision's `RandomHorizontalFlip`, Keras' `RandomFlip("horizontal")`. */
export interface FlipSpec {
  /** How likely it is, in [0, 1]. 0 switches it off. Default: 0.5. */
  readonly probability?: number;
}

/**
 * A square of pixels that are set to 0 after the mean is subtracted, which is the mean of each pixel (DeVries and Taylor
 * 2017).
 *
 * The centre is any pixel, each equally likely, so that a square near the border is cut off there. Of an even size, it is the
 * pixel below and to the right of the middle. torchvision's and Keras' `RandomErasing` is another operation (Zhong et al.
 * 2020): of random size and shape, inside the image.
 */
export interface CutoutSpec {
  /** Pixels of a side, at most those of the image's shorter side. 0 switches it off. */
  readonly size: number;
}

/**
 * Checks an augmentation, and leaves out what confirms a default; undefined if that is all.
 *
 * @throws {InputError} `Cannot <action>: solver.augmentation.<field> must be ..., found ...`.
 */
export function resolveAugmentation(
  augmentation: AugmentationSpec,
  { action }: { readonly action: string },
): AugmentationSpec | undefined {
  const path = "solver.augmentation";
  const optional = { crop: anything, flip: either(aBoolean, anObject), cutout: anything };
  checkFields(augmentation, { action, path, optional });
  const { crop, flip = false, cutout } = augmentation;
  if (crop !== undefined) {
    checkFields(crop, { action, path: `${path}.crop`, required: { padding: pixels } });
  }
  if (typeof flip === "object") {
    checkFields(flip, { action, path: `${path}.flip`, optional: { probability } });
  }
  if (cutout !== undefined) {
    checkFields(cutout, { action, path: `${path}.cutout`, required: { size: pixels } });
  }
  const { padding = 0 } = crop ?? {};
  const { size = 0 } = cutout ?? {};
  const likely = flipProbability(flip);
  const settings = {
    ...padding === 0 ? {} : { crop: { padding } },
    ...likely === 0 ? {} : { flip: likely === USUAL_PROBABILITY ? true : { probability: likely } },
    ...size === 0 ? {} : { cutout: { size } },
  };
  return Object.keys(settings).length === 0 ? undefined : settings;
}

/** Returns how likely a flip is. */
export function flipProbability(flip: NonNullable<AugmentationSpec["flip"]>): number {
  if (flip === false) return 0;
  return flip === true ? USUAL_PROBABILITY : flip.probability ?? USUAL_PROBABILITY;
}

const USUAL_PROBABILITY = 0.5;

const pixels = wholeNumber({ min: 0 });
const probability = numberWhere("a number from 0 to 1", (value) => value >= 0 && value <= 1);
