import type { ProductShape } from "../../wasm/product/product_plan.ts";
import type { Assembler, Register } from "../emit/assembler.ts";
import type { VectorLength } from "../emit/vector_encodings.ts";
import type { Vectors } from "../emit/vectors.ts";

/** Emits a product: what its tiles have in common. */
export interface ProductEmitter {
  readonly code: Assembler;
  readonly vectors: Vectors;
  readonly shape: ProductShape;
  /** Vector registers that there are. */
  readonly registers: number;
}

/** Some rows of some columns, held in registers over a block of the inner dimension. */
export interface Tile {
  readonly rows: number;
  /** Vectors across. */
  readonly width: number;
  /** Columns that there are. */
  readonly columns: number;
  readonly block: Block;
  /** Bytes between two rows of a, and between two steps of the inner dimension. */
  readonly a: { readonly row: number; readonly step: number };
  /** Where b starts, and the bytes between two steps. */
  readonly b: { readonly from: Register; readonly step: number };
  /** Where a copy of b goes as it is read; one step right behind the other. Null for none. */
  readonly copyTo: Register | null;
}

/** Some steps of the inner dimension. */
export interface Block {
  readonly depth: number;
  /** Whether the sums start here, at +0; else they go on from where the block before left them in memory. */
  readonly isFirst: boolean;
  /** Whether the sums end here. */
  readonly isLast: boolean;
}

/** Offset of the mask among the arguments, which `rsi` points to. */
export const MASK_OFFSET = 64;

/** Steps of the inner dimension in one turn of the loop. */
const UNROLLED = 4;

/**
 * Computes a tile: rows of a from rdi on, into out from r14 on, the bias from r11 on. Changes rax, rbx, r12 and r15.
 *
 * Each sum is one chain over the inner dimension from its first step to its last, starting at +0; it is in a register but
 * between two blocks.
 */
export function emitTile(emitter: ProductEmitter, tile: Tile): void {
  const { code, vectors } = emitter;
  const { a, b, copyTo, width, block: { depth } } = tile;
  const use = registersOf(emitter, tile);
  start(emitter, tile);
  code.move("rbx", "rdi");
  code.move("r12", b.from);
  if (copyTo !== null) code.move("r15", copyTo);
  const vectorBytes = vectors.lanes * vectors.size;
  const step = (index: number) => {
    for (let column = 0; column < width; column++) {
      const length = lengthOf(emitter, tile, column);
      vectors.load(use.b[column], { base: "r12", offset: index * b.step + vectorBytes * column }, length);
      if (copyTo === null) continue;
      vectors.store({ base: "r15", offset: (index * width + column) * vectorBytes }, use.b[column], length);
    }
    for (let row = 0; row < tile.rows; row++) {
      const factor = use.a[row % use.a.length];
      vectors.broadcast(factor, { base: "rbx", offset: row * a.row + index * a.step });
      for (let column = 0; column < width; column++) {
        const length = lengthOf(emitter, tile, column);
        vectors.multiplyAdd(row * width + column, [factor, use.b[column]], { spare: use.spare, length });
      }
    }
  };
  const loops = Math.floor(depth / UNROLLED);
  if (loops > 0) {
    code.repeat("rax", loops, () => {
      for (let index = 0; index < UNROLLED; index++) step(index);
      code.addConstant("rbx", UNROLLED * a.step);
      code.addConstant("r12", UNROLLED * b.step);
      if (copyTo !== null) code.addConstant("r15", UNROLLED * width * vectorBytes);
    });
  }
  for (let index = 0; index < depth % UNROLLED; index++) step(index);
  finish(emitter, tile, use);
}

/** Returns how much of a vector the columns fill: processors that split 512 bits take less time for fewer. */
function lengthOf(
  { vectors: { lanes, quad } }: ProductEmitter,
  { columns }: Tile,
  column: number,
): VectorLength | undefined {
  const left = columns - column * lanes;
  return left <= quad ? "quad" : left <= lanes / 2 ? "half" : undefined;
}

/** Sets the sums to what they are before the block; lanes of columns that are not there hold anything. */
function start(emitter: ProductEmitter, tile: Tile): void {
  const { vectors, shape } = emitter;
  const { rows, width, block } = tile;
  const { lanes, size } = vectors;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column++) {
      const offset = size * (row * shape.cols + lanes * column);
      if (block.isFirst) vectors.zero(row * width + column);
      else vectors.load(row * width + column, { base: "r14", offset }, lengthOf(emitter, tile, column));
    }
  }
}

interface TileRegisters {
  readonly b: readonly number[];
  /** Numbers of a, each filled into a vector; in turn, so that one is loaded while another is used. */
  readonly a: readonly number[];
  /** A product on its way to a sum, float64 alone. */
  readonly spare: number;
}

/** The sums take the first registers; vectors of b, of a and a spare one the others. */
function registersOf({ registers, vectors }: ProductEmitter, { rows, width }: Tile): TileRegisters {
  const first = rows * width;
  const spares = vectors.size === 8 ? 1 : 0;
  const left = registers - first - width - spares;
  return {
    b: Array.from({ length: width }, (_, i) => first + i),
    a: Array.from({ length: Math.min(4, left) }, (_, i) => first + width + i),
    spare: registers - 1,
  };
}

/** Stores a tile; where its sums end, it adds the bias and applies ReLU before. */
function finish(emitter: ProductEmitter, tile: Tile, use: TileRegisters): void {
  const { vectors, shape } = emitter;
  const { rows, width, columns } = tile;
  const { lanes, size } = vectors;
  const [zero] = use.a;
  const ending = tile.block.isLast ? shape.ending : "none";
  const last = columns % lanes;
  if (ending === "bias relu") vectors.zero(zero);
  if (last !== 0) {
    vectors.prepareFirst(last, { mask: { base: "rsi", offset: MASK_OFFSET }, spare: use.b[0] });
  }
  for (let column = 0; column < width; column++) {
    const offset = lanes * size * column;
    const length = lengthOf(emitter, tile, column);
    for (let row = 0; row < rows; row++) {
      const value = row * width + column;
      if (ending !== "none") vectors.add(value, value, { base: "r11", offset }, length);
      // A NaN and both zeros stay as they are, as in `x < 0 ? 0 : x`.
      if (ending === "bias relu") vectors.max(value, zero, value, length);
      const place = { base: "r14", offset: row * size * shape.cols + offset } as const;
      if (last !== 0 && column === width - 1) vectors.storeFirst(place, value, length);
      else vectors.store(place, value, length);
    }
  }
}
