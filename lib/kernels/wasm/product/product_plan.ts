import type { Float } from "../emit/float.ts";

/** A product `out = a * b`, `[rows, inner]` times `[inner, cols]`, and how its operands lie in memory. */
export interface ProductShape {
  readonly rows: number;
  readonly inner: number;
  readonly cols: number;
  /** "transposed": the memory holds `[inner, rows]`. */
  readonly a: "plain" | "transposed";
  /** "transposed": the memory holds `[cols, inner]`. */
  readonly b: "plain" | "transposed";
  /** What is done to an element after its chain. */
  readonly ending: Ending;
}

/** What is done to an element of a product after its chain. */
export type Ending = "none" | "bias" | "bias relu";

/** A stretch of the inner dimension that fits the cache. */
export interface Block {
  readonly start: number;
  readonly depth: number;
}

/** Neighbouring panels of one width: that many columns of b, packed side by side. */
export interface PanelGroup {
  readonly firstColumn: number;
  readonly count: number;
  /** Columns as packed: four vectors, two or one. */
  readonly width: number;
  /** Columns that there are; the rest of the width is zero. */
  readonly columns: number;
}

/** Rows of a that are packed at once. */
export interface Strips {
  readonly rows: number;
  /** Strips of that many rows. */
  readonly count: number;
  /** Rows of a last strip that is not full, or 0. */
  readonly rest: number;
}

/**
 * Splits the inner dimension: a block of a panel takes at most 16 KiB, half of the smallest first-level cache, and one of
 * a strip little enough to stay beside it.
 */
export function blocksOf({ inner }: ProductShape, float: Float): Block[] {
  const blocks: Block[] = [];
  const deepest = blockDepth(float);
  for (let start = 0; start < inner; start += deepest) {
    blocks.push({ start, depth: Math.min(deepest, inner - start) });
  }
  return blocks;
}

/** 256 steps in float32, 128 in float64. */
function blockDepth({ size }: Float): number {
  return 1024 / size;
}

/** Splits the columns into panels of four vectors, and what is left into two and one, so that few unused columns are computed. */
export function panelsOf({ cols }: ProductShape, { lanes }: Float): PanelGroup[] {
  const groups: PanelGroup[] = [];
  let left = cols;
  const take = (width: number, count: number) => {
    if (count === 0) return;
    const firstColumn = cols - left;
    const columns = Math.min(width, left);
    groups.push({ firstColumn, count, width, columns });
    left -= Math.min(left, width * count);
  };
  take(4 * lanes, Math.floor(left / (4 * lanes)));
  take(4 * lanes, left > 3 * lanes ? 1 : 0);
  take(2 * lanes, left > lanes ? 1 : 0);
  take(lanes, left > 0 ? 1 : 0);
  return groups;
}

/** Splits the rows into strips that stay in the first-level cache, block by block, beside a panel. */
export function stripsOf({ rows, inner }: ProductShape): Strips {
  const strip = inner <= 128 ? 48 : 24;
  return { rows: strip, count: Math.floor(rows / strip), rest: rows % strip };
}

/** How many bytes the packed operands of a block take at most. */
export function packedSizes(shape: ProductShape, float: Float): { readonly a: number; readonly b: number } {
  const depth = Math.min(blockDepth(float), shape.inner);
  const width = panelsOf(shape, float).reduce((sum, group) => sum + group.count * group.width, 0);
  return { a: stripsOf(shape).rows * wholeVectors(depth, float) * float.size, b: width * depth * float.size };
}

/** Rounds a count of numbers up to whole vectors. */
export function wholeVectors(count: number, { lanes }: Float): number {
  return Math.ceil(count / lanes) * lanes;
}
