import type { DType } from "../../../core/numbers/dtype.ts";
import type { Indices, Tensor } from "../../contract/tensor.ts";
import type { ModuleBuilder } from "./assembler.ts";
import { type Float, FLOATS } from "./float.ts";

/** The memory of one set of WebAssembly kernels, and the code that runs on it. */
export interface Machine {
  /** How its numbers are held. */
  readonly float: Float;
  tensor(rows: number, cols: number): Tensor;
  indices(length: number): Indices;
  /** Where a tensor or list of this machine starts, in bytes. */
  addressOf(part: Tensor | Indices): number;
  /** Lays out bytes for a kernel's own use; 64 more behind them may be read and written too. */
  reserve(byteLength: number): number;
  /** The bytes of the memory as it is now; a later layout may leave them behind. */
  bytes(): Uint8Array;
  /**
   * Returns the function `run` of a module, which is built once for each key and dtype in a process.
   *
   * The module may depend on nothing but what its key and the dtype say; addresses are its arguments.
   */
  compile(key: string, build: () => ModuleBuilder): Run;
  /** Gives memory and code up to the next machine: nothing of this one may be used from then on. */
  free(): void;
}

/** The function of a module. */
type Run = (...args: number[]) => number;

/** A memory, and the functions of modules that work on it, by their keys. */
interface Room {
  readonly memory: WebAssembly.Memory;
  readonly runs: Map<string, Run>;
}

/**
 * What the last machine that was freed has left, all zeros again. Making a memory and code on it takes as long as training
 * a tiny net, so that one trial after the other has the same.
 */
let spare: Room | null = null;

/** Starts a machine with an empty memory. */
export function createMachine(dtype: DType): Machine {
  const float = FLOATS[dtype];
  const room = spare ?? { memory: new WebAssembly.Memory({ initial: 16, maximum: 65536 }), runs: new Map() };
  spare = null;
  const { memory, runs } = room;
  const addresses = new WeakMap<Tensor | Indices, number>();
  let end = ALIGNMENT;
  let isFreed = false;
  const reserve = (byteLength: number) => {
    if (isFreed) throw new Error("Cannot lay out a tensor: its kernels were freed");
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
    float,
    tensor(rows, cols) {
      const address = reserve(rows * cols * float.size);
      const view = liveView<Float32Array | Float64Array>(
        memory,
        (buffer) =>
          dtype === "float32"
            ? new Float32Array(buffer, address, rows * cols)
            : new Float64Array(buffer, address, rows * cols),
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
    compile(name, build) {
      const key = `${dtype} ${name}`;
      let run = runs.get(key);
      if (run === undefined) {
        run = new WebAssembly.Instance(moduleOf(key, build), { env: { memory } }).exports.run as Run;
        runs.set(key, run);
      }
      return run;
    },
    free() {
      if (isFreed) return;
      isFreed = true;
      new Uint8Array(memory.buffer, 0, end).fill(0);
      spare = room;
    },
  };
}

/** Cache lines, and the widest vectors, start at multiples of this. */
const ALIGNMENT = 64;

/**
 * Zeros behind every tensor, so that whole vectors may run over its end without meeting another: kernels that
 * work element by element keep them zero.
 */
const SLACK = 64;

const PAGE = 65536;

const MODULES = new Map<string, WebAssembly.Module>();

function moduleOf(key: string, build: () => ModuleBuilder): WebAssembly.Module {
  let module = MODULES.get(key);
  if (module === undefined) {
    module = new WebAssembly.Module(build().build({ minPages: 1 }));
    MODULES.set(key, module);
  }
  return module;
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

/** Returns a view of a memory; growing the memory leaves views behind, so that it is made again then. */
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
