import { INPUT_DIM, NUM_CLASSES } from "./workloads.ts";

/** SHA-256 of the file that {@link writeStandIn} writes. */
export const STAND_IN_SHA256 = "ca9d30a19fbf784d85bb4e7cbfe009b3b53e7b506e2cf16065ce1346293340b6";

const SETS = [{ rows: 50_000 }, { rows: 10_000 }] as const;

/**
 * Writes pictures of CIFAR-10's shape in the form of its decoded file: training rows, training labels, test rows, test
 * labels.
 *
 * Every pixel varies, and a picture shows its class, so that gradients do not vanish; two labels of five are drawn, so
 * that they do not vanish later either. On pictures of mere chance hidden units die, their gradients are 0, and Adam's
 * averages become subnormal numbers, with which a processor computes many times slower.
 */
export async function writeStandIn(path: string): Promise<void> {
  const next = xorshift(231);
  const classes = drawClasses(next);
  const part = `${path}.part`;
  {
    using file = await Deno.open(part, { write: true, create: true, truncate: true });
    for (const { rows } of SETS) {
      const labels = new Uint8Array(rows);
      for (let row = 0; row < rows; row += BLOCK_ROWS) {
        const block = labels.subarray(row, row + BLOCK_ROWS);
        await writeAll(file, drawBlock(block, { next, classes }));
      }
      await writeAll(file, labels);
    }
  }
  await Deno.rename(part, path);
}

const BLOCK_ROWS = 1_000;

type Draw = () => number;

/** Marsaglia's generator of 32 bits: whole numbers alone, the same on every machine. */
function xorshift(seed: number): Draw {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** Draws the mean picture of each class, in squares of 8 x 8 pixels: 96 to 160 a pixel. */
function drawClasses(next: Draw): readonly Uint8Array[] {
  return Array.from({ length: NUM_CLASSES }, () => {
    const squares = Array.from({ length: 48 }, () => 96 + next() % 65);
    return Uint8Array.from({ length: INPUT_DIM }, (_, i) => {
      const [channel, y, x] = [i >> 10, (i >> 5) & 31, i & 31];
      return squares[16 * channel + 4 * (y >> 3) + (x >> 3)];
    });
  });
}

/** Draws the pictures of as many rows as there are labels, and the labels. */
function drawBlock(
  labels: Uint8Array,
  { next, classes }: { readonly next: Draw; readonly classes: readonly Uint8Array[] },
): Uint8Array {
  const rows = new Uint8Array(labels.length * INPUT_DIM);
  for (let row = 0; row < labels.length; row++) {
    const shown = next() % NUM_CLASSES;
    labels[row] = next() % 5 < 2 ? next() % NUM_CLASSES : shown;
    const brightness = next() % 65 - 32;
    const picture = classes[shown];
    for (let i = 0; i < INPUT_DIM; i++) {
      // The sum of four bytes, about normal: a deviation of 49 in thirds.
      const word = next();
      const noise = (word & 255) + (word >>> 8 & 255) + (word >>> 16 & 255) + (word >>> 24) - 510;
      const value = picture[i] + brightness + (noise / 3 | 0);
      rows[row * INPUT_DIM + i] = value < 0 ? 0 : value > 255 ? 255 : value;
    }
  }
  return rows;
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}
