import type { ImageShape } from "../../../data/base/dataset.ts";
import type { StoredRows } from "../../../kernels/contract/tensor.ts";

/** How the images of a batch are moved, `[n]` each, filled before each batch. */
export interface Moves {
  /** Pixels by which the window of the crop lies below the image's top; negative above it. */
  readonly down: Int32Array;
  /** Pixels by which it lies to the right of the image's left side. */
  readonly right: Int32Array;
  /** 1 where what the window shows is mirrored, else 0. */
  readonly flipped: Uint8Array;
}

/** Options of {@link bindMoves}. */
export interface BindMovesOptions {
  /** Stored rows, each an image, channel planes one after the other. */
  readonly rows: StoredRows;
  readonly image: ImageShape;
  /** Receives the moved images of a batch, of the same type as `rows`. */
  readonly out: StoredRows;
}

/**
 * Binds a crop and a flip of stored rows, which move numbers and compute none: `out` has what a crop of the image shows, 0
 * outside of it, and then mirrored.
 *
 * A row is copied, mirrored if it must be; all of it is moved at once; and what came from beyond a side is set to 0.
 */
export function bindMoves(options: BindMovesOptions): (picked: Int32Array, moves: Moves) => void {
  const { image: { width, height, channels }, out } = options;
  const copy = bindCopy(options);
  const area = width * height;
  const inputDim = area * channels;
  return (picked, moves) => {
    const { flipped } = moves;
    copy(picked, flipped);
    for (let i = 0; i < picked.length; i++) {
      const down = moves.down[i];
      // A window to the right of an image is to the left of its mirror image.
      const right = flipped[i] === 1 ? -moves.right[i] : moves.right[i];
      const start = i * inputDim;
      const end = start + inputDim;
      const by = down * width + right;
      if (by > 0) out.copyWithin(start, start + by, end);
      if (by < 0) out.copyWithin(start - by, start, end + by);
      if (down !== 0) {
        const from = down > 0 ? (height - down) * width : 0;
        const to = down > 0 ? area : -down * width;
        for (let plane = start; plane < end; plane += area) out.fill(0, plane + from, plane + to);
      }
      if (right !== 0) {
        const from = right > 0 ? width - right : 0;
        const to = right > 0 ? width : -right;
        for (let line = start; line < end; line += width) {
          for (let x = from; x < to; x++) out[line + x] = 0;
        }
      }
    }
  };
}

/** Binds a copy of rows, the lines of those that are flipped from their end to their start. */
function bindCopy({ rows, image, out }: BindMovesOptions): (picked: Int32Array, flipped: Uint8Array) => void {
  const { width, height, channels } = image;
  // Four bytes at a time take a quarter of the time.
  const inWords = rows instanceof Uint8Array && width % 4 === 0 && rows.byteOffset % 4 === 0;
  const from = inWords ? new Uint32Array(rows.buffer, rows.byteOffset, rows.length / 4) : rows;
  const to = inWords ? new Uint32Array(out.buffer, out.byteOffset, out.length / 4) : out;
  const line = inWords ? width / 4 : width;
  const length = line * height * channels;
  return (picked, flipped) => {
    for (let i = 0; i < picked.length; i++) {
      let source = picked[i] * length;
      let place = i * length;
      const end = place + length;
      if (flipped[i] === 0) {
        for (; place < end; place++, source++) to[place] = from[source];
        continue;
      }
      for (; place < end; place += line, source += line) {
        const last = source + line - 1;
        for (let x = 0; x < line; x++) to[place + x] = inWords ? swapped(from[last - x]) : from[last - x];
      }
    }
  };
}

/** Returns the four bytes of a word in reverse order. */
function swapped(word: number): number {
  return word << 24 | (word & 0xff00) << 8 | word >>> 8 & 0xff00 | word >>> 24;
}
