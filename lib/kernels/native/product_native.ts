import type { Tensor } from "../tensor.ts";
import type { Machine } from "../wasm/machine.ts";
import type { BindProduct, Operands } from "../wasm/product_wasm.ts";
import type { ProductShape } from "../wasm/product_plan.ts";
import type { CodeMemory, NativeFunction } from "./code_memory.ts";
import { packedBytes, PRODUCT_ARGUMENTS, productCode } from "./product_code.ts";
import type { VectorSet } from "./vectors.ts";

/** What {@link productNative} is given besides the machine. */
export interface NativeProductOptions {
  readonly memory: CodeMemory;
  readonly set: VectorSet;
  /** Binds the shapes that machine code is not made for. */
  readonly otherwise: BindProduct;
}

/** Returns how products are bound in machine code, on the tensors of a machine of WebAssembly. */
export function productNative(machine: Machine, options: NativeProductOptions): BindProduct {
  return (shape, tensors) =>
    bind(machine, { ...options, shape, tensors }) ?? options.otherwise(shape, tensors);
}

interface Binding extends NativeProductOptions {
  readonly shape: ProductShape;
  readonly tensors: Operands;
}

/** Returns an operation, or null where the shape is beyond what constants of 32 bits reach, or there is no room left. */
function bind(machine: Machine, { memory, set, shape, tensors }: Binding): (() => void) | null {
  const { rows, inner, cols } = shape;
  if (Math.max(rows * inner, inner * cols, rows * cols) * 4 > 0x7fffffff) return null;
  const run = install(memory, { shape, set });
  if (run === null) return null;
  const args = new Uint8Array(PRODUCT_ARGUMENTS.length);
  const view = new DataView(args.buffer);
  const put = (offset: number, address: number) => view.setBigUint64(offset, BigInt(address), true);
  const addressOf = (tensor: Tensor) => machine.addressOf(tensor);
  put(PRODUCT_ARGUMENTS.a, addressOf(tensors.a));
  put(PRODUCT_ARGUMENTS.b, addressOf(tensors.b));
  put(PRODUCT_ARGUMENTS.out, addressOf(tensors.out));
  put(PRODUCT_ARGUMENTS.bias, addressOf(tensors.bias));
  put(PRODUCT_ARGUMENTS.packed, machine.reserve(packedBytes(shape, set)));
  for (let lane = 0; lane < cols % 8; lane++) view.setInt32(PRODUCT_ARGUMENTS.mask + 4 * lane, -1, true);
  return () => run(machine.bytes(), args);
}

const INSTALLED = new Map<string, NativeFunction | null>();

/** Puts the code of a shape into memory once in a process. */
function install(memory: CodeMemory, { shape, set }: Pick<Binding, "shape" | "set">): NativeFunction | null {
  const key = `${set} ${Object.values(shape)}`;
  let run = INSTALLED.get(key);
  if (run === undefined) INSTALLED.set(key, run = memory.install(productCode(shape, set)));
  return run;
}
