import type { ProductShape } from "../wasm/product_plan.ts";
import { type Assembler, createAssembler } from "./assembler.ts";
import { createVectors, type Vectors, type VectorSet } from "./vectors.ts";

/** How much of a product is held in registers at once. */
interface Tile {
  readonly rows: number;
  /** Vectors across. */
  readonly width: number;
  /** Registers of the vectors of b, and of the number of a that is filled into one. */
  readonly b: readonly number[];
  readonly a: readonly number[];
  /** Holds the mask of a last vector that is not full, where masks are vectors. */
  readonly mask: number;
}

// 24 sums, three vectors of b, four of a and a zero are 32 registers; 12, two, one and a mask are 16.
const TILES: Readonly<Record<VectorSet, Tile>> = {
  avx512: { rows: 8, width: 3, b: [24, 25, 26], a: [27, 28, 29, 30], mask: 31 },
  avx2: { rows: 6, width: 2, b: [12, 13], a: [14], mask: 15 },
};

/** Where the arguments of a product's code stand, in bytes: four offsets into the memory, then the mask. */
export const PRODUCT_ARGUMENTS = { a: 0, b: 8, out: 16, bias: 24, packed: 32, mask: 64, length: 96 } as const;

/** Steps of the inner dimension that stand one after the other in the code. */
const UNROLLED = 4;

/**
 * Returns the machine code of a product, for the memory that its tensors lie in and {@link PRODUCT_ARGUMENTS}.
 *
 * Each sum is one chain over the inner dimension from its first step to its last, starting at +0, in a register.
 */
export function productCode(shape: ProductShape, set: VectorSet): Uint8Array {
  const code = createAssembler();
  const vectors = createVectors(code, set);
  const tile = TILES[set];
  const lanes = vectors.lanes;
  const isPacked = needsPacking(shape);
  const columns = tile.width * lanes;
  const product: Product = {
    ...{ code, vectors, tile, shape },
    aRow: 4 * (shape.a === "plain" ? shape.inner : 1),
    aStep: 4 * (shape.a === "plain" ? 1 : shape.rows),
    bStep: 4 * (isPacked ? columns : shape.cols),
  };
  for (const register of SAVED) code.push(register);
  loadArguments(product, isPacked);
  if (isPacked) pack(product, columns);
  const full = Math.floor(shape.cols / columns);
  const rest = shape.cols % columns;
  const bPanel = 4 * columns * (isPacked ? shape.inner : 1);
  if (rest % lanes !== 0) {
    vectors.prepareFirst(rest % lanes, {
      mask: { base: "rsi", offset: PRODUCT_ARGUMENTS.mask },
      spare: tile.mask,
    });
  }
  if (full > 0) {
    code.repeat("r13", full, () => {
      panel(product, { width: tile.width, isCut: false });
      code.addConstant("r9", bPanel);
      code.addConstant("r10", 4 * columns);
      code.addConstant("r11", 4 * columns);
    });
  }
  if (rest > 0) panel(product, { width: Math.ceil(rest / lanes), isCut: rest % lanes !== 0 });
  for (const register of SAVED.toReversed()) code.pop(register);
  code.moveConstant("rax", 0);
  // vzeroupper
  code.raw(0xc5, 0xf8, 0x77);
  code.return();
  return code.bytes();
}

/** Returns how many bytes b takes when it is packed; 0 where it is read in place. */
export function packedBytes(shape: ProductShape, set: VectorSet): number {
  if (!needsPacking(shape)) return 0;
  const columns = TILES[set].width * (set === "avx512" ? 16 : 8);
  return 4 * shape.inner * columns * Math.ceil(shape.cols / columns);
}

/** Rows of b that lie a large power of two apart fall into the same few sets of the cache. */
function needsPacking({ b, cols }: ProductShape): boolean {
  return b === "transposed" || cols % 256 === 0;
}

interface Product {
  readonly code: Assembler;
  readonly vectors: Vectors;
  readonly tile: Tile;
  readonly shape: ProductShape;
  /** Bytes between two rows of a, and between two steps of the inner dimension in a and in b. */
  readonly aRow: number;
  readonly aStep: number;
  readonly bStep: number;
}

const SAVED = ["rbx", "r12", "r13", "r14"] as const;

/** Leaves a in r8, b or its packed copy in r9, out in r10, bias in r11 and b itself in rdx. */
function loadArguments({ code }: Product, isPacked: boolean): void {
  const place = (to: "r8" | "r9" | "r10" | "r11" | "rdx", offset: number) => {
    code.load(to, { base: "rsi", offset });
    code.add(to, "rdi");
  };
  place("r8", PRODUCT_ARGUMENTS.a);
  place("r9", isPacked ? PRODUCT_ARGUMENTS.packed : PRODUCT_ARGUMENTS.b);
  place("r10", PRODUCT_ARGUMENTS.out);
  place("r11", PRODUCT_ARGUMENTS.bias);
  if (isPacked) place("rdx", PRODUCT_ARGUMENTS.b);
}

/** Copies b into panels as wide as a tile, one behind the other, each step of the inner dimension side by side. */
function pack({ code, shape }: Product, columns: number): void {
  const { inner, cols } = shape;
  const [step, column] = shape.b === "plain" ? [4 * cols, 4] : [4, 4 * inner];
  for (let first = 0; first < cols; first += columns) {
    const count = Math.min(columns, cols - first);
    // r12 runs over b, rbx over the panel.
    code.move("r12", "rdx");
    code.addConstant("r12", first * column);
    code.move("rbx", "r9");
    code.addConstant("rbx", 4 * first * inner);
    code.repeat("rcx", inner, () => {
      code.move("rdi", "r12");
      code.move("r14", "rbx");
      code.repeat("r13", count, () => {
        code.load32("rax", { base: "rdi", offset: 0 });
        code.store32({ base: "r14", offset: 0 }, "rax");
        code.addConstant("rdi", column);
        code.addConstant("r14", 4);
      });
      code.addConstant("r12", step);
      code.addConstant("rbx", 4 * columns);
    });
  }
}

interface Panel {
  /** Vectors across. */
  readonly width: number;
  /** Whether the last of them is not full. */
  readonly isCut: boolean;
}

/** Computes some columns of all rows. */
function panel(product: Product, panel: Panel): void {
  const { code, tile, shape, aRow } = product;
  const full = Math.floor(shape.rows / tile.rows);
  const rest = shape.rows % tile.rows;
  code.move("rdi", "r8");
  code.move("r14", "r10");
  if (full > 0) {
    code.repeat("rcx", full, () => {
      block(product, { ...panel, rows: tile.rows });
      code.addConstant("rdi", tile.rows * aRow);
      code.addConstant("r14", tile.rows * 4 * shape.cols);
    });
  }
  if (rest > 0) block(product, { ...panel, rows: rest });
}

interface Block extends Panel {
  readonly rows: number;
}

/** Computes one tile: rows of a from rdi on, columns of b from r9 on, into out from r14 on. */
function block(product: Product, { rows, width, isCut }: Block): void {
  const { code, vectors, tile, shape, aRow, aStep, bStep } = product;
  const sum = (row: number, column: number) => row * tile.width + column;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column++) vectors.zero(sum(row, column));
  }
  code.move("rbx", "rdi");
  code.move("r12", "r9");
  const step = (index: number) => {
    for (let column = 0; column < width; column++) {
      vectors.load(tile.b[column], { base: "r12", offset: index * bStep + 4 * vectors.lanes * column });
    }
    for (let row = 0; row < rows; row++) {
      const a = tile.a[row % tile.a.length];
      vectors.broadcast(a, { base: "rbx", offset: row * aRow + index * aStep });
      for (let column = 0; column < width; column++) {
        vectors.multiplyAdd(sum(row, column), a, tile.b[column]);
      }
    }
  };
  const loops = Math.floor(shape.inner / UNROLLED);
  if (loops > 0) {
    code.repeat("rax", loops, () => {
      for (let index = 0; index < UNROLLED; index++) step(index);
      code.addConstant("rbx", UNROLLED * aStep);
      code.addConstant("r12", UNROLLED * bStep);
    });
  }
  for (let index = 0; index < shape.inner % UNROLLED; index++) step(index);
  finish(product, { rows, width, isCut });
}

/** Adds the bias, applies ReLU and stores a tile. */
function finish({ vectors, tile, shape }: Product, { rows, width, isCut }: Block): void {
  const { lanes } = vectors;
  const [zero] = tile.a;
  if (shape.ending === "bias relu") vectors.zero(zero);
  for (let column = 0; column < width; column++) {
    const bias = tile.b[column];
    if (shape.ending !== "none") vectors.load(bias, { base: "r11", offset: 4 * lanes * column });
    for (let row = 0; row < rows; row++) {
      const value = row * tile.width + column;
      if (shape.ending !== "none") vectors.add(value, value, bias);
      // A NaN and both zeros stay as they are, as in `x < 0 ? 0 : x`.
      if (shape.ending === "bias relu") vectors.max(value, zero, value);
      const place = { base: "r14", offset: row * 4 * shape.cols + 4 * lanes * column } as const;
      if (isCut && column === width - 1) vectors.storeFirst(place, value);
      else vectors.store(place, value);
    }
  }
}
