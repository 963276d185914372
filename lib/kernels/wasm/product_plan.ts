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
  /** Columns as packed: 16, 8 or 4. */
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

/** Splits the inner dimension: 256 steps of a panel are 16 KiB, half of the smallest first-level cache. */
export function blocksOf({ inner }: ProductShape): Block[] {
  const blocks: Block[] = [];
  for (let start = 0; start < inner; start += 256) {
    blocks.push({ start, depth: Math.min(256, inner - start) });
  }
  return blocks;
}

/** Splits the columns into panels of 16, and what is left into 8 and 4, so that little is computed for nothing. */
export function panelsOf({ cols }: ProductShape): PanelGroup[] {
  const groups: PanelGroup[] = [];
  let left = cols;
  const take = (width: number, count: number) => {
    if (count === 0) return;
    const firstColumn = cols - left;
    const columns = Math.min(width, left);
    groups.push({ firstColumn, count, width, columns });
    left -= Math.min(left, width * count);
  };
  take(16, Math.floor(left / 16));
  take(16, left > 12 ? 1 : 0);
  take(8, left > 4 ? 1 : 0);
  take(4, left > 0 ? 1 : 0);
  return groups;
}

/** Splits the rows into strips that stay in the first-level cache, block by block, beside a panel. */
export function stripsOf({ rows, inner }: ProductShape): Strips {
  const strip = inner <= 128 ? 48 : 24;
  return { rows: strip, count: Math.floor(rows / strip), rest: rows % strip };
}

/** How many bytes the packed operands of a block take at most. */
export function packedSizes(shape: ProductShape): { readonly a: number; readonly b: number } {
  const depth = Math.min(256, shape.inner);
  const width = panelsOf(shape).reduce((sum, group) => sum + group.count * group.width, 0);
  return { a: stripsOf(shape).rows * roundUp4(depth) * 4, b: width * depth * 4 };
}

/** Rounds a count of float32 up to whole vectors. */
export function roundUp4(count: number): number {
  return Math.ceil(count / 4) * 4;
}
