import type { DType } from "../../../core/numbers/dtype.ts";
import type { ProductShape } from "../../wasm/product/product_plan.ts";
import type { VectorSet } from "../emit/vector_encodings.ts";

/** What the machine code of products is made for. */
export interface Target {
  readonly set: VectorSet;
  readonly dtype: DType;
}

/** Neighbouring panels of one width. */
export interface PanelGroup {
  readonly count: number;
  /** Vectors across. */
  readonly width: number;
  /** Columns of a panel that there are. */
  readonly columns: number;
}

/** How a product is cut up, and what of its operands is copied before it is used. */
export interface ProductLayout {
  readonly panels: readonly PanelGroup[];
  /** Rows of a strip, how many of them there are, and rows of one more that ends the product, or 0. */
  readonly strips: { readonly rows: number; readonly count: number; readonly rest: number };
  /** Blocks of the inner dimension: so many of one depth, and then one that ends it. */
  readonly blocks: { readonly depth: number; readonly count: number; readonly last: number };
  /**
   * What is done with b: "once" copies all panels before the first strip; "transposed" copies each block of a panel and
   * transposes it; "along" copies it as the first tile reads it; "none" reads it in place.
   */
  readonly packing: "once" | "transposed" | "along" | "none";
  /** Bytes between two steps of the inner dimension in a strip that was copied. */
  readonly stripStep: (rows: number) => number;
  /** Bytes that the copies of a strip of a, and of b, take. */
  readonly copied: { readonly a: number; readonly b: number };
}

/**
 * Rows of a tile by its width in vectors: as many sums as registers hold, but no more rows than the ways of a first-level
 * cache, since rows of a often lie a multiple of 4,096 bytes apart and then share one set of it.
 */
const TILE_ROWS: Readonly<Record<VectorSet, Readonly<Record<DType, readonly number[]>>>> = {
  avx512: { float32: [8, 8, 8, 6], float64: [8, 8, 8, 6] },
  avx2: { float32: [8, 6, 4], float64: [8, 6, 3] },
};

/** Rows of a strip: a multiple of the rows of every tile. */
const STRIP_ROWS = 96;

/** Steps of the inner dimension at most, so that a block of a panel stays near the registers. */
const BLOCK_DEPTH = 256;

/** Lays out a product for the registers of an instruction set. */
export function layOutProduct(shape: ProductShape, target: Target): ProductLayout {
  const { set, dtype } = target;
  const size = dtype === "float32" ? 4 : 8;
  const vectorBytes = set === "avx512" ? 64 : 32;
  const panels = panelsOf(shape.cols, { lanes: vectorBytes / size, widest: TILE_ROWS[set][dtype].length });
  const strips = stripsOf(shape);
  const isCut = strips.count + Number(strips.rest > 0) > 1;
  const packing = shape.b === "transposed" ? "transposed" : isCut ? "once" : "along";
  const stripStep = (rows: number) => Math.ceil(rows * size / vectorBytes) * vectorBytes;
  const blocks = blocksOf(shape.inner);
  const copiedDepth = packing === "once" ? shape.inner : Math.max(blocks.depth, blocks.last);
  const panelBytes = panels.map(({ width }) => width * vectorBytes * (copiedDepth + STEPS_BEHIND));
  const total = panels.reduce((sum, { count }, i) => sum + count * panelBytes[i], 0);
  return {
    panels,
    strips,
    blocks,
    packing: packing === "along" && shape.rows <= tileRows(target, panels[0].width) ? "none" : packing,
    stripStep,
    copied: {
      a: isCut ? shape.inner * stripStep(Math.max(strips.rows, strips.rest)) : 0,
      b: packing === "once" ? total : Math.max(...panelBytes),
    },
  };
}

/** Returns the rows of a tile that is `width` vectors wide. */
export function tileRows({ set, dtype }: Target, width: number): number {
  return TILE_ROWS[set][dtype][width - 1];
}

/** Transposing a panel writes whole squares, up to three steps behind its last. */
const STEPS_BEHIND = 3;

/**
 * Splits the columns into panels one vector narrower than a tile can be. A single vector that is left makes the last of
 * them a whole tile wide: alone it would load a vector of b for every few sums.
 */
function panelsOf(
  cols: number,
  { lanes, widest }: { readonly lanes: number; readonly widest: number },
): readonly PanelGroup[] {
  const vectors = Math.ceil(cols / lanes);
  const usual = widest - 1;
  const left = vectors % usual === 1 && vectors > 1
    ? widest
    : vectors % usual === 0
    ? usual
    : vectors % usual;
  const count = (vectors - left) / usual;
  const columns = usual * lanes;
  return [
    ...count === 0 ? [] : [{ count, width: usual, columns }],
    { count: 1, width: left, columns: cols - count * columns },
  ];
}

/**
 * Splits the rows where a is transposed in memory: rows of a tile are then neighbours, and steps of the inner dimension
 * so far apart that they share a few sets of the cache, unless a strip is copied.
 */
function stripsOf({ rows, a, b }: ProductShape): ProductLayout["strips"] {
  if (a === "plain" || b === "transposed" || rows < 2 * STRIP_ROWS) return { rows, count: 1, rest: 0 };
  return { rows: STRIP_ROWS, count: Math.floor(rows / STRIP_ROWS), rest: rows % STRIP_ROWS };
}

/** Splits the inner dimension evenly; all blocks but the last are a multiple of the steps in one turn of the loop. */
function blocksOf(inner: number): ProductLayout["blocks"] {
  const count = Math.ceil(inner / BLOCK_DEPTH);
  const depth = Math.ceil(inner / count / 4) * 4;
  const full = Math.ceil(inner / depth) - 1;
  return { depth, count: full, last: inner - full * depth };
}
