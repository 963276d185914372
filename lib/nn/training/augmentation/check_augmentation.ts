import { InputError } from "../../../core/check/errors.ts";
import type { ImageShape } from "../../../data/base/dataset.ts";
import type { AugmentationSpec } from "./augmentation_spec.ts";

/** Options of {@link checkAugmentation}. */
export interface AugmentationPlace {
  /** Completes "Cannot ...:". */
  readonly action: string;
  /** The image that a row of the data holds; null if rows are no images. */
  readonly image: ImageShape | null;
  /** Features of a row. Default: as many as the image has. */
  readonly inputDim?: number;
}

/**
 * Checks that rows are images, and that these are large enough for what an augmentation does to them.
 *
 * @throws {InputError} With the field that does not fit.
 */
export function checkAugmentation(
  augmentation: AugmentationSpec | undefined,
  { action, image, inputDim }: AugmentationPlace,
): void {
  if (augmentation === undefined) return;
  if (image === null) {
    throw new InputError(
      `Cannot ${action}: solver.augmentation must be left out for these data, whose rows are no images`,
    );
  }
  const { width, height, channels } = image;
  if (inputDim !== undefined && inputDim !== width * height * channels) {
    throw new InputError(
      `Cannot ${action}: solver.augmentation needs images that are the ${inputDim} features of a row, found ` +
        `${width} x ${height} pixels of ${channels} channels`,
    );
  }
  const shorter = Math.min(width, height);
  const { crop: { padding } = { padding: 0 }, cutout: { size } = { size: 0 } } = augmentation;
  const where = `of ${width} x ${height} pixels`;
  if (padding >= shorter) {
    throw new InputError(
      `Cannot ${action}: solver.augmentation.crop.padding must be below ${shorter} for images ${where}, found ${padding}`,
    );
  }
  if (size > shorter) {
    throw new InputError(
      `Cannot ${action}: solver.augmentation.cutout.size must be at most ${shorter} for images ${where}, found ${size}`,
    );
  }
}
