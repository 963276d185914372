import type { RandomStream } from "../../../core/numbers/random.ts";
import type { ImageShape } from "../../../data/base/dataset.ts";
import type { Tensor } from "../../../kernels/contract/tensor.ts";

/** Options of {@link cutSquares}. */
export interface CutSquaresOptions {
  readonly image: ImageShape;
  /** Pixels of a side. */
  readonly size: number;
  /** Draws the centre of each square: first its distance from the top, then from the left. */
  readonly stream: RandomStream;
}

/** Sets a square of each image of a batch `[n, inputDim]` to 0, in all of its channels; what lies outside the image is cut off. */
export function cutSquares({ data, rows, cols }: Tensor, { image, size, stream }: CutSquaresOptions): void {
  const { width, height } = image;
  const before = Math.floor(size / 2);
  const area = width * height;
  for (let row = 0; row < rows; row++) {
    const top = stream.below(height) - before;
    const left = stream.below(width) - before;
    const firstLine = Math.max(0, top) * width;
    const lastLine = Math.min(height, top + size) * width;
    const from = Math.max(0, left);
    const to = Math.min(width, left + size);
    for (let plane = row * cols; plane < (row + 1) * cols; plane += area) {
      for (let line = plane + firstLine; line < plane + lastLine; line += width) {
        for (let x = from; x < to; x++) data[line + x] = 0;
      }
    }
  }
}
