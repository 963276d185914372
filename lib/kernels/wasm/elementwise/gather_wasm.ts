import type { ElementwiseKernels } from "../../contract/elementwise_kernels.ts";
import type { Indices, StoredRows } from "../../contract/tensor.ts";
import { gatherTwin } from "../../twin/elementwise_twin.ts";
import { createModule, type ModuleBuilder } from "../emit/assembler.ts";
import { advance, countUp } from "../emit/control.ts";
import { at, I32, type Local, set, tee, V128, type Value } from "../emit/expression.ts";
import type { Float } from "../emit/float.ts";
import { f32x4, f64x2, i32, i32x4, v128 } from "../emit/instructions.ts";
import { highHalf } from "../emit/lanes.ts";
import type { Machine } from "../emit/machine.ts";
import { eachVector } from "../emit/vector_loop.ts";

/** The gather of the WebAssembly kernels. */
export function gatherWasm(machine: Machine): Pick<ElementwiseKernels, "gather"> {
  return {
    gather(tensors) {
      const { rows, mean, indices, out } = tensors;
      const type = storedType(rows);
      // Few nets of float32 read a table of float64, and such tables are narrow.
      if (type === "float64" && machine.float.dtype === "float32") return gatherTwin(Math.fround)(tensors);
      const run = machine.compile(
        `gather ${type} ${out.cols}`,
        () => buildCentre({ type, cols: out.cols, float: machine.float }),
      );
      const rowBytes = out.cols * rows.BYTES_PER_ELEMENT;
      const stride = Math.ceil(rowBytes / 4) * 4;
      const packed = machine.reserve(out.rows * stride);
      const copy = bindCopy(rows, { indices, rowBytes, stride, packed, machine });
      const [means, to] = [mean, out].map(machine.addressOf);
      return () => {
        copy();
        run(packed, means, to, out.rows);
      };
    },
  };
}

interface CopyOptions {
  readonly machine: Machine;
  readonly indices: Indices;
  readonly rowBytes: number;
  /** Bytes between rows in the machine's memory. */
  readonly stride: number;
  readonly packed: number;
}

/**
 * Binds a copy of some rows of a data set into the machine's memory, since WebAssembly cannot reach outside of it.
 *
 * A loop over words allocates nothing, where `subarray` makes an object for every row.
 */
function bindCopy(rows: StoredRows, { machine, indices, rowBytes, stride, packed }: CopyOptions): () => void {
  const inWords = rowBytes % 4 === 0 && rows.byteOffset % 4 === 0;
  const step = inWords ? 4 : 1;
  const view = (buffer: ArrayBufferLike, start: number, byteLength: number) =>
    inWords ? new Uint32Array(buffer, start, byteLength / 4) : new Uint8Array(buffer, start, byteLength);
  const from = view(rows.buffer, rows.byteOffset, rows.byteLength);
  const target = () => view(machine.bytes().buffer, packed, stride * indices.length);
  const count = rowBytes / step;
  let to = target();
  return () => {
    // Growing the memory detaches its views.
    if (to.length === 0) to = target();
    const picked = indices.data;
    for (let i = 0; i < picked.length; i++) {
      const source = picked[i] * count;
      const place = i * stride / step;
      for (let j = 0; j < count; j++) to[place + j] = from[source + j];
    }
  };
}

type StoredType = "uint8" | "float32" | "float64";

function storedType(rows: StoredRows): StoredType {
  return rows instanceof Uint8Array ? "uint8" : rows instanceof Float32Array ? "float32" : "float64";
}

const STORED_BYTES: Readonly<Record<StoredType, number>> = { uint8: 1, float32: 4, float64: 8 };

interface Centre {
  readonly type: StoredType;
  readonly cols: number;
  readonly float: Float;
}

/** Builds a module whose `run` subtracts the mean from n stored rows. */
function buildCentre({ type, cols, float }: Centre): ModuleBuilder {
  const module = createModule();
  const { size, vector: { sub } } = float;
  const stride = Math.ceil(cols * STORED_BYTES[type] / 4) * 4;
  const params = { rows: I32, mean: I32, out: I32, n: I32 };
  module.procedure({ name: "run", params }, ({ rows, mean, out, n }, f) => {
    const { row, column, from, means, to } = f.locals({
      row: I32,
      column: I32,
      from: I32,
      means: I32,
      to: I32,
    });
    const { words, quad, value } = f.locals({ words: V128, quad: V128, value: V128 });
    const stored = loadEight(from, { type, float, words, quad });
    const next = [advance(from, 8 * STORED_BYTES[type]), advance(means, 8 * size), advance(to, 8 * size)];
    const body = [
      [set(from, rows), set(means, mean), set(to, out), set(column, i32.const(0))],
      eachVector({ float, length: cols, step: 8, counter: column, next }, ({ index, load, store }) => [
        set(value, sub(stored[index], load(means))),
        store(to, value),
      ]),
      [advance(rows, stride), advance(out, cols * size)],
    ];
    return countUp(row, { step: 1, limit: n, body });
  });
  return module;
}

interface LoadEight {
  readonly type: StoredType;
  readonly float: Float;
  readonly words: Local<V128>;
  readonly quad: Local<V128>;
}

/** Returns each vector of eight stored numbers; they are to be computed in order. */
function loadEight(
  from: Local<I32>,
  { type, float, words, quad }: LoadEight,
): readonly Value<V128>[] {
  const { lowFromU16, highFromU16 } = i32x4;
  const inMemory = (count: number) => Array.from({ length: count }, (_, v) => v128.load(at(from, v * 16)));
  if (type === "float64") return inMemory(4);
  const quads = type === "float32"
    ? inMemory(2)
    : [lowFromU16(tee(words, v128.load8x8U(from))), highFromU16(words)];
  if (float.dtype === "float32") return type === "float32" ? quads : quads.map(f32x4.fromI32);
  const widen = type === "float32" ? f64x2.fromF32Low : f64x2.fromI32Low;
  return quads.flatMap((four) => [widen(tee(quad, four)), widen(highHalf(quad))]);
}
