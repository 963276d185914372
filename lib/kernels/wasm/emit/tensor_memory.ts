import type { DType } from "../../../core/numbers/dtype.ts";
import type { Indices, Tensor } from "../../contract/tensor.ts";

/** Tensors in a memory of WebAssembly, which grows as they are laid out. */
export interface TensorMemory {
  tensor(rows: number, cols: number): Tensor;
  indices(length: number): Indices;
  /** Where a tensor or list of this memory starts, in bytes. */
  addressOf(part: Tensor | Indices): number;
  /** Lays out bytes for a kernel's own use; 64 more behind them may be read and written too. */
  reserve(byteLength: number): number;
  /** The bytes of the memory as it is now. Laying out more may grow the memory, which detaches them. */
  bytes(): Uint8Array;
  /** Makes all that was laid out zero; nothing can be laid out afterwards. Returns false when it was called before. */
  release(): boolean;
}

/** Lays out tensors in a memory, from its start. */
export function createTensorMemory(memory: WebAssembly.Memory, dtype: DType): TensorMemory {
  const isFloat32 = dtype === "float32";
  const addresses = new WeakMap<Tensor | Indices, number>();
  let end = ALIGNMENT;
  let isReleased = false;
  const reserve = (byteLength: number) => {
    if (isReleased) throw new Error("Cannot lay out a tensor: its kernels were freed");
    const address = end;
    end = roundUp(end + byteLength + SLACK, ALIGNMENT);
    const missing = end - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    return address;
  };
  const place = <T extends Tensor | Indices>(address: number, part: T): T => {
    addresses.set(part, address);
    return part;
  };
  return {
    tensor(rows, cols) {
      const length = rows * cols;
      const address = reserve(length * (isFloat32 ? 4 : 8));
      const view = liveView<Tensor["data"]>(
        memory,
        (buffer) =>
          isFloat32 ? new Float32Array(buffer, address, length) : new Float64Array(buffer, address, length),
      );
      return place(address, {
        rows,
        cols,
        get data() {
          return view();
        },
      });
    },
    indices(length) {
      const address = reserve(length * 4);
      const view = liveView(memory, (buffer) => new Int32Array(buffer, address, length));
      return place(address, {
        length,
        get data() {
          return view();
        },
      });
    },
    addressOf(part) {
      const address = addresses.get(part);
      if (address === undefined) {
        throw new Error("Cannot bind a kernel: a tensor must be laid out by its own kernels");
      }
      return address;
    },
    reserve,
    bytes: liveView(memory, (buffer) => new Uint8Array(buffer)),
    release() {
      if (isReleased) return false;
      isReleased = true;
      new Uint8Array(memory.buffer, 0, end).fill(0);
      return true;
    },
  };
}

/** Cache lines, and the widest vectors, start at multiples of this. */
const ALIGNMENT = 64;

/**
 * Zeros behind every tensor, so that whole vectors may run over its end without reaching the next: kernels that
 * work element by element keep them zero.
 */
const SLACK = 64;

const PAGE = 65536;

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

/** Returns a view of a memory; growing the memory detaches views, so a new one is made then. */
function liveView<T extends Float32Array | Float64Array | Int32Array | Uint8Array>(
  memory: WebAssembly.Memory,
  make: (buffer: WebAssembly.Memory["buffer"]) => T,
): () => T {
  let view = make(memory.buffer);
  return () => {
    if (view.buffer !== memory.buffer) view = make(memory.buffer);
    return view;
  };
}
