import { assert, assertEquals } from "@std/assert";
import { openStream } from "../../../../lib/core/numbers/random.ts";
import type { Dataset, ImageShape } from "../../../../lib/data/base/dataset.ts";
import { createKernels } from "../../../../lib/kernels/create_kernels.ts";
import type { AugmentationSpec } from "../../../../lib/nn/training/augmentation/augmentation_spec.ts";
import { createAugmentation } from "../../../../lib/nn/training/augmentation/create_augmentation.ts";
import { smallImages } from "../../../contract/small_images.ts";

const SEED = Deno.env.get("SEEDBED_TEST_SEED") ?? "231";
const BATCHES = [24, 24, 7];

/** Gathers three batches of an epoch; the last is shorter. */
function gathered(
  { train, mean, image, inputDim }: Dataset,
  { augmentation, dtype, epoch }: Setting,
): readonly (readonly number[])[] {
  const kernels = createKernels({ dtype });
  const means = kernels.tensor(1, inputDim);
  means.data.set(mean);
  const made = createAugmentation(kernels, {
    ...{ augmentation, image: image!, rows: train.x, mean: means, batchSize: 24, streamRoot: SEED },
  });
  const bound = [24, 7].map((size) => {
    const [indices, out] = [kernels.indices(size), kernels.tensor(size, inputDim)];
    return { indices, out, gather: made.bindGather({ indices, out }) };
  });
  made.startEpoch(epoch);
  return pickedRows(train.n).flatMap((rows) => {
    const { indices, out, gather } = bound[rows.length === 24 ? 0 : 1];
    indices.data.set(rows);
    gather();
    return rows.map((_, i) => Array.from(out.data.subarray(i * inputDim, (i + 1) * inputDim)));
  });
}

interface Setting {
  readonly augmentation: AugmentationSpec;
  readonly dtype: "float32" | "float64";
  readonly epoch: number;
}

function pickedRows(n: number): readonly (readonly number[])[] {
  const stream = openStream(`${SEED}/rows`);
  return BATCHES.map((size) => Array.from({ length: size }, () => stream.below(n)));
}

/** The same by the words of the documentation: an image is a table of tables, padded, cut out, mirrored, and blanked out. */
function expected(
  { train, mean, image, inputDim }: Dataset,
  { augmentation, dtype, epoch }: Setting,
): readonly (readonly number[])[] {
  const { width, height, channels } = image!;
  const { crop, flip = false, cutout } = augmentation;
  const streamOf = (name: string) => openStream(`${SEED}/augmentation/${name}/${epoch}`);
  const [windows, mirrors, squares] = ["crop", "flip", "cutout"].map(streamOf);
  const round = dtype === "float32" ? Math.fround : Number;
  const padding = crop?.padding ?? 0;
  const probability = typeof flip === "object" ? flip.probability! : flip ? 0.5 : 0;
  return pickedRows(train.n).flat().map((row) => {
    const [top, left] = crop === undefined
      ? [0, 0]
      : [windows.below(2 * padding + 1), windows.below(2 * padding + 1)];
    const isMirrored = probability > 0 && mirrors.uint32() / 2 ** 32 < probability;
    const [centreY, centreX] = cutout === undefined ? [0, 0] : [squares.below(height), squares.below(width)];
    const isBlank = (y: number, x: number) => {
      if (cutout === undefined) return false;
      const [dy, dx] = [y - centreY, x - centreX].map((distance) => distance + Math.floor(cutout.size / 2));
      return dy >= 0 && dy < cutout.size && dx >= 0 && dx < cutout.size;
    };
    return Array.from({ length: channels }, (_, channel) => {
      const pixelAt = (y: number, x: number) =>
        y < 0 || y >= height || x < 0 || x >= width
          ? 0
          : train.x[row * inputDim + (channel * height + y) * width + x];
      const cropped = Array.from(
        { length: height },
        (_, y) => Array.from({ length: width }, (_, x) => pixelAt(y + top - padding, x + left - padding)),
      );
      const shown = isMirrored ? cropped.map((line) => line.toReversed()) : cropped;
      return shown.map((line, y) =>
        line.map((pixel, x) =>
          isBlank(y, x) ? 0 : round(pixel - round(mean[(channel * height + y) * width + x]))
        )
      );
    }).flat(2);
  });
}

const AUGMENTATIONS: readonly AugmentationSpec[] = [
  { crop: { padding: 1 } },
  { crop: { padding: 4 } },
  { flip: true },
  { flip: { probability: 0.2 } },
  { flip: { probability: 1 } },
  { cutout: { size: 1 } },
  { cutout: { size: 4 } },
  { cutout: { size: 5 } },
  { crop: { padding: 2 }, flip: true },
  { crop: { padding: 4 }, flip: { probability: 0.7 }, cutout: { size: 3 } },
];

/** Of 128 bytes, which machine code gathers; of bytes that fill no words; of one channel; and of numbers. */
const IMAGES: readonly (readonly [ImageShape, "uint8" | "float32" | "float64"])[] = [
  [{ width: 8, height: 8, channels: 2 }, "uint8"],
  [{ width: 4, height: 9, channels: 3 }, "uint8"],
  [{ width: 7, height: 5, channels: 1 }, "uint8"],
  [{ width: 5, height: 6, channels: 3 }, "float32"],
  [{ width: 8, height: 5, channels: 1 }, "float64"],
];

for (const [image, stored] of IMAGES) {
  const dataset = smallImages({ image, stored });
  const shorter = Math.min(image.width, image.height);
  for (const augmentation of AUGMENTATIONS) {
    if ((augmentation.crop?.padding ?? 0) >= shorter || (augmentation.cutout?.size ?? 0) > shorter) continue;
    const what = `${JSON.stringify(augmentation)} on ${stored} images of ${Object.values(image).join(" x ")}`;
    Deno.test(`createAugmentation() gathers what its documentation says, ${what}`, () => {
      for (const dtype of ["float32", "float64"] as const) {
        const setting = { augmentation, dtype, epoch: 3 };
        assertEquals(gathered(dataset, setting), expected(dataset, setting), `seed ${SEED}, ${dtype}`);
      }
    });
  }
}

const PLAIN = smallImages({ image: { width: 8, height: 8, channels: 2 } });
const FOUND = { ...PLAIN, mean: new Float32Array(PLAIN.inputDim) };

Deno.test("createAugmentation() moves windows as before when a flip is switched on", () => {
  const of = (augmentation: AugmentationSpec) =>
    gathered(FOUND, { augmentation, dtype: "float32", epoch: 1 });
  const [cropped, both] = [of({ crop: { padding: 3 } }), of({ crop: { padding: 3 }, flip: true })];
  const mirrored = cropped.map((row) => row.map((_, i) => row[i - i % 8 + 7 - i % 8]));
  const flips = both.map((row, i) => {
    const isFlipped = row.some((value, j) => value !== cropped[i][j]);
    assertEquals(row, (isFlipped ? mirrored : cropped)[i]);
    return isFlipped;
  });
  assert(flips.includes(true) && flips.includes(false));
});

Deno.test("createAugmentation() blanks out the same squares when a crop is switched on", () => {
  // Without black pixels, and moved by less than a square is wide.
  const bright = { ...FOUND, train: { ...FOUND.train, x: FOUND.train.x.map((value) => value | 1) } };
  const of = (augmentation: AugmentationSpec) =>
    gathered(bright, { augmentation, dtype: "float32", epoch: 1 });
  const alone = of({ cutout: { size: 4 } });
  const both = of({ cutout: { size: 4 }, flip: { probability: 1 } });
  assertEquals(
    both.map((row) => row.map((value) => value === 0)),
    alone.map((row) => row.map((value) => value === 0)),
  );
  const cropped = of({ cutout: { size: 4 }, crop: { padding: 1 } });
  assert(cropped.every((row, i) => row.every((value, j) => alone[i][j] !== 0 || value === 0)));
});

Deno.test("createAugmentation() draws anew at each epoch, and each row's own", () => {
  const of = (epoch: number) =>
    gathered(FOUND, { augmentation: { crop: { padding: 3 } }, dtype: "float32", epoch });
  const [first, second, again] = [of(1), of(2), of(1)];
  assertEquals(first, again);
  const changed = first.filter((row, i) => row.some((value, j) => value !== second[i][j]));
  assert(changed.length > 40, `${changed.length} of ${first.length}`);
});
