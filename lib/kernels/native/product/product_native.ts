import type { Tensor } from "../../contract/tensor.ts";
import type { Machine } from "../../wasm/emit/machine.ts";
import type { ProductShape } from "../../wasm/product/product_plan.ts";
import type { BindProduct, Operands } from "../../wasm/product/product_wasm.ts";
import { installOnce } from "../memory/install_once.ts";
import type { NativeOptions } from "./native_options.ts";
import { PRODUCT_ARGUMENTS, productCode } from "./product_code.ts";
import { layOutProduct } from "./product_layout.ts";

/** Options of {@link productNative}. */
export interface NativeProductOptions extends NativeOptions<BindProduct> {
  readonly smallestFlops: number;
}

/** Returns how products are bound in machine code, on the tensors of a machine of WebAssembly. */
export function productNative(machine: Machine, options: NativeProductOptions): BindProduct {
  const scratch = sharedScratch(machine);
  return (shape, tensors) =>
    bind(machine, { ...options, scratch, shape, tensors }) ?? options.otherwise(shape, tensors);
}

interface Binding extends NativeProductOptions {
  readonly scratch: (byteLength: number) => number;
  readonly shape: ProductShape;
  readonly tensors: Operands;
}

/** Largest constant of 32 bits. */
const LARGEST = 0x7fffffff;

/** Returns an operation, or null where the shape is too small or too large, or there is no space left. */
function bind(machine: Machine, binding: Binding): (() => void) | null {
  const { memory, target, shape, tensors, scratch, smallestFlops } = binding;
  const { rows, inner, cols } = shape;
  const { size } = machine.float;
  const { copied } = layOutProduct(shape, target);
  const largest = Math.max(rows * inner * size, inner * cols * size, rows * cols * size, copied.a, copied.b);
  if (2 * rows * inner * cols < smallestFlops || largest > LARGEST) return null;
  const key = ["product", target.set, target.dtype, ...Object.values(shape)].join(" ");
  const run = installOnce(memory, { key, emit: () => productCode(shape, target) });
  if (run === null) return null;
  const args = new Uint8Array(PRODUCT_ARGUMENTS.length);
  const view = new DataView(args.buffer);
  const put = (offset: number, address: number) => view.setBigUint64(offset, BigInt(address), true);
  const addressOf = (tensor: Tensor) => machine.addressOf(tensor);
  put(PRODUCT_ARGUMENTS.a, addressOf(tensors.a));
  put(PRODUCT_ARGUMENTS.b, addressOf(tensors.b));
  put(PRODUCT_ARGUMENTS.out, addressOf(tensors.out));
  put(PRODUCT_ARGUMENTS.bias, addressOf(tensors.bias));
  const copies = scratch(copied.a + copied.b);
  put(PRODUCT_ARGUMENTS.copyOfA, copies);
  put(PRODUCT_ARGUMENTS.copyOfB, copies + copied.a);
  args.fill(255, PRODUCT_ARGUMENTS.mask, PRODUCT_ARGUMENTS.mask + cols * size % 32);
  return () => run(machine.bytes(), args);
}

/** Returns memory that all products of a machine use in turn, so that it stays in the cache. */
function sharedScratch(machine: Machine): (byteLength: number) => number {
  let [start, length] = [0, 0];
  return (byteLength) => {
    if (byteLength > length) [start, length] = [machine.reserve(byteLength), byteLength];
    return start;
  };
}
