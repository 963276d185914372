import { openStream, type RandomStream } from "../../../core/numbers/random.ts";
import type { ImageShape } from "../../../data/base/dataset.ts";
import type { Kernels } from "../../../kernels/contract/kernels.ts";
import type { Operation } from "../../../kernels/contract/operation.ts";
import type { Indices, StoredRows, Tensor } from "../../../kernels/contract/tensor.ts";
import { type AugmentationSpec, flipProbability } from "./augmentation_spec.ts";
import { cutSquares } from "./cut_squares.ts";
import { bindMoves, type Moves } from "./move_images.ts";

/** The augmentation of the training split's images. */
export interface Augmentation {
  /** Opens the streams of an epoch, from which all of its batches draw in their order. */
  startEpoch(epoch: number): void;
  /** Binds the gather of augmented rows, less the mean. */
  bindGather(batch: AugmentedBatch): Operation;
}

/** The tensors of a batch, at most as many rows as the largest batch has. */
export interface AugmentedBatch {
  /** `[n]` */
  readonly indices: Indices;
  /** `[n, inputDim]` */
  readonly out: Tensor;
}

/** Options of {@link createAugmentation}. */
export interface CreateAugmentationOptions {
  readonly augmentation: AugmentationSpec;
  readonly image: ImageShape;
  /** The stored rows of the training split. */
  readonly rows: StoredRows;
  /** `[1, inputDim]` */
  readonly mean: Tensor;
  /** Rows of the largest batch. */
  readonly batchSize: number;
  /** Root of the random streams. */
  readonly streamRoot: string;
}

/**
 * Makes the augmentation of a training split.
 *
 * Crop and flip change the numbers as they are stored, so that a row is what it would be if the data set had the changed
 * image; the kernels then subtract the mean. A cutout follows, where 0 is the mean. Nothing is allocated but the streams of
 * an epoch.
 */
export function createAugmentation(kernels: Kernels, options: CreateAugmentationOptions): Augmentation {
  const { augmentation: { crop, flip = false, cutout }, image, rows, mean, batchSize, streamRoot } = options;
  const { padding = 0 } = crop ?? {};
  const probability = flipProbability(flip);
  const isMoved = padding > 0 || probability > 0;
  const moved = isMoved ? emptyLike(rows, batchSize * mean.cols) : rows;
  const move = bindMoves({ rows, image, out: moved });
  const moves = {
    down: new Int32Array(batchSize),
    right: new Int32Array(batchSize),
    flipped: new Uint8Array(batchSize),
  };
  let streams: EpochStreams;
  return {
    startEpoch: (epoch) => void (streams = openStreams(`${streamRoot}/augmentation`, epoch)),
    bindGather({ indices, out }) {
      const from = isMoved ? counting(kernels, indices.length) : indices;
      const gather = kernels.gather({ rows: moved, mean, indices: from, out });
      return () => {
        const picked = indices.data;
        if (padding > 0) drawWindows(moves, { padding, count: picked.length, stream: streams.crop });
        if (probability > 0) drawFlips(moves, { probability, count: picked.length, stream: streams.flip });
        if (isMoved) move(picked, moves);
        gather();
        if (cutout !== undefined) cutSquares(out, { image, size: cutout.size, stream: streams.cutout });
      };
    },
  };
}

type EpochStreams = Readonly<Record<keyof AugmentationSpec, RandomStream>>;

function openStreams(root: string, epoch: number): EpochStreams {
  return {
    crop: openStream(`${root}/crop/${epoch}`),
    flip: openStream(`${root}/flip/${epoch}`),
    cutout: openStream(`${root}/cutout/${epoch}`),
  };
}

interface DrawOptions {
  /** Rows of the batch. */
  readonly count: number;
  readonly stream: RandomStream;
}

/** Draws the window of each row: first how far down it is, then how far to the right. */
function drawWindows(
  { down, right }: Moves,
  { padding, count, stream }: DrawOptions & { readonly padding: number },
): void {
  for (let i = 0; i < count; i++) {
    down[i] = stream.below(2 * padding + 1) - padding;
    right[i] = stream.below(2 * padding + 1) - padding;
  }
}

/** Draws whether each row is mirrored: one draw each, whatever the probability. */
function drawFlips(
  { flipped }: Moves,
  { probability, count, stream }: DrawOptions & { readonly probability: number },
): void {
  for (let i = 0; i < count; i++) flipped[i] = stream.uint32() < probability * 4294967296 ? 1 : 0;
}

/** Returns room for so many numbers of the type of stored rows. */
function emptyLike(rows: StoredRows, length: number): StoredRows {
  if (rows instanceof Uint8Array) return new Uint8Array(length);
  return rows instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
}

/** Returns 0, 1, 2 and so on, in the kernels' memory. */
function counting(kernels: Kernels, length: number): Indices {
  const indices = kernels.indices(length);
  for (let i = 0; i < length; i++) indices.data[i] = i;
  return indices;
}
