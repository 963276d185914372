import type { ProductShape } from "../../wasm/product/product_plan.ts";
import { type Assembler, createAssembler } from "../emit/assembler.ts";
import { createVectors } from "../emit/vectors.ts";
import { copyPanel, copyStrip, transposePanel } from "./product_copies.ts";
import {
  layOutProduct,
  type PanelGroup,
  type ProductLayout,
  type Target,
  tileRows,
} from "./product_layout.ts";
import { type Block, emitTile, MASK_OFFSET, type ProductEmitter } from "./product_tile.ts";

/** Offsets of the arguments of a product's code, in bytes: addresses in the memory, then the mask. */
export const PRODUCT_ARGUMENTS = {
  a: 0,
  b: 8,
  out: 16,
  bias: 24,
  copyOfA: 32,
  copyOfB: 40,
  mask: MASK_OFFSET,
  length: MASK_OFFSET + 32,
} as const;

/** Returns the machine code of a product; it is called with the memory of its tensors and {@link PRODUCT_ARGUMENTS}. */
export function productCode(shape: ProductShape, target: Target): Uint8Array {
  const code = createAssembler();
  const layout = layOutProduct(shape, target);
  const emitter: Product = {
    ...{ code, shape, layout, target },
    vectors: createVectors(code, target),
    registers: target.set === "avx512" ? 32 : 16,
  };
  for (const register of SAVED) code.push(register);
  loadArguments(code);
  if (layout.packing === "once") copyAllPanels(emitter);
  eachStrip(emitter);
  for (const register of SAVED.toReversed()) code.pop(register);
  emitter.vectors.end();
  return code.bytes();
}

interface Product extends ProductEmitter {
  readonly layout: ProductLayout;
  readonly target: Target;
}

const SAVED = ["rbx", "rbp", "r12", "r13", "r14", "r15"] as const;

/** Leaves a in r8, b in rdx, the copy of b in r9, out in r10 and bias in r11. */
function loadArguments(code: Assembler): void {
  const place = (to: "r8" | "r9" | "r10" | "r11" | "rdx", offset: number) => {
    code.load(to, { base: "rsi", offset });
    code.add(to, "rdi");
  };
  place("rdx", PRODUCT_ARGUMENTS.b);
  place("r8", PRODUCT_ARGUMENTS.a);
  place("r9", PRODUCT_ARGUMENTS.copyOfB);
  place("r10", PRODUCT_ARGUMENTS.out);
  place("r11", PRODUCT_ARGUMENTS.bias);
}

/** Bytes that a panel's copy takes. */
function copyBytes({ vectors, shape }: Product, { width }: PanelGroup): number {
  return width * vectors.lanes * vectors.size * shape.inner;
}

function copyAllPanels(product: Product): void {
  const { code, vectors, layout } = product;
  code.push("r9");
  for (const group of layout.panels) {
    code.repeat("r13", group.count, () => {
      copyPanel(product, group);
      code.addConstant("rdx", group.columns * vectors.size);
      code.addConstant("r9", copyBytes(product, group));
    });
  }
  code.pop("r9");
}

/** Computes all rows: strip by strip where a is copied, else at once. */
function eachStrip(product: Product): void {
  const { code, vectors, layout, shape } = product;
  const { strips, stripStep } = layout;
  const { size } = vectors;
  if (layout.packing !== "once") {
    const isPlain = shape.a === "plain";
    const a = { row: isPlain ? size * shape.inner : size, step: isPlain ? size : size * shape.rows };
    return eachPanel(product, { rows: shape.rows, a });
  }
  // rbp runs over a; its strips are copied to where r8 points.
  code.move("rbp", "r8");
  code.load("r8", { base: "rsi", offset: PRODUCT_ARGUMENTS.copyOfA });
  code.add("r8", "rdi");
  const strip = (rows: number) => {
    copyStrip(product, { stripStep: stripStep(rows) });
    for (const register of ["r9", "r10", "r11"] as const) code.push(register);
    eachPanel(product, { rows, a: { row: size, step: stripStep(rows) } });
    for (const register of ["r11", "r10", "r9"] as const) code.pop(register);
    code.addConstant("rbp", rows * size);
    code.addConstant("r10", rows * size * shape.cols);
  };
  code.repeat("rcx", strips.count, () => {
    code.push("rcx");
    strip(strips.rows);
    code.pop("rcx");
  });
  if (strips.rest > 0) strip(strips.rest);
}

interface Strip {
  readonly rows: number;
  /** Bytes between two rows of a, and between two steps of the inner dimension. */
  readonly a: { readonly row: number; readonly step: number };
}

/** Computes all columns of some rows, panel by panel. */
function eachPanel(product: Product, strip: Strip): void {
  const { code, vectors, layout, shape } = product;
  const { size } = vectors;
  for (const group of layout.panels) {
    code.repeat("r13", group.count, () => {
      for (const register of ["r8", "r9", "rdx"] as const) code.push(register);
      eachBlock(product, { ...strip, ...group });
      for (const register of ["rdx", "r9", "r8"] as const) code.pop(register);
      code.addConstant("rdx", group.columns * size * (shape.b === "plain" ? 1 : shape.inner));
      if (layout.packing === "once") code.addConstant("r9", copyBytes(product, group));
      code.addConstant("r10", group.columns * size);
      code.addConstant("r11", group.columns * size);
    });
  }
}

type Panel = Strip & PanelGroup;

/** Computes a panel of some rows, block by block of the inner dimension. */
function eachBlock(product: Product, panel: Panel): void {
  const { code, vectors, layout, shape } = product;
  const { depth, count, last } = layout.blocks;
  const bStep = vectors.size * (shape.b === "plain" ? shape.cols : 1);
  const copyStep = layout.packing === "once" ? panel.width * vectors.lanes * vectors.size : 0;
  const block = (part: Block) => {
    if (layout.packing === "transposed") transposePanel(product, { ...panel, ...part });
    eachTile(product, { ...panel, block: part });
    if (part.isLast) return;
    code.addConstant("r8", part.depth * panel.a.step);
    code.addConstant("rdx", part.depth * bStep);
    code.addConstant("r9", part.depth * copyStep);
  };
  if (count > 0) block({ depth, isFirst: true, isLast: false });
  if (count > 1) {
    code.repeat("rcx", count - 1, () => {
      code.push("rcx");
      block({ depth, isFirst: false, isLast: false });
      code.pop("rcx");
    });
  }
  block({ depth: last, isFirst: count === 0, isLast: true });
}

/** Computes a block of a panel of some rows, tile by tile. */
function eachTile(product: Product, part: Panel & { readonly block: Block }): void {
  const { code, vectors, layout, target, shape } = product;
  const { width, columns, a, block } = part;
  const { size } = vectors;
  const height = tileRows(target, width);
  const inPlace = { from: "rdx", step: size * shape.cols } as const;
  const copied = { from: "r9", step: width * vectors.lanes * size } as const;
  const tile = (rows: number, place: "first" | "later") => {
    const isRaw = layout.packing === "none" || layout.packing === "along" && place === "first";
    const copyTo = layout.packing === "along" && place === "first" && part.rows > height ? "r9" : null;
    emitTile(product, { rows, width, columns, a, block, b: isRaw ? inPlace : copied, copyTo });
    code.addConstant("rdi", rows * a.row);
    code.addConstant("r14", rows * size * shape.cols);
  };
  code.move("rdi", "r8");
  code.move("r14", "r10");
  const rest = part.rows % height;
  const full = (part.rows - rest) / height;
  const apart = full > 0 && layout.packing === "along" ? 1 : 0;
  if (apart > 0) tile(height, "first");
  if (full > apart) code.repeat("rcx", full - apart, () => tile(height, "later"));
  if (rest > 0) tile(rest, full === 0 ? "first" : "later");
}
