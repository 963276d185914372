import type { ElementwiseKernels } from "../../contract/elementwise_kernels.ts";
import type { Indices, StoredRows } from "../../contract/tensor.ts";
import { gatherTwin } from "../../twin/elementwise_twin.ts";
import { createModule, type ModuleBuilder } from "../emit/assembler.ts";
import type { Code } from "../emit/code.ts";
import type { Float } from "../emit/float.ts";
import {
  advance,
  countUp,
  f32x4,
  f64x2,
  I32,
  i32,
  i32x4,
  type Local,
  V128,
  v128,
} from "../emit/instructions.ts";
import { highHalf, storeLanes } from "../emit/lanes.ts";
import type { Machine } from "../emit/machine.ts";

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
    // The memory's buffer is another one after it grew.
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

/** Builds a module whose `run(rows, mean, out, n)` subtracts the mean from n stored rows. */
function buildCentre({ type, cols, float }: Centre): ModuleBuilder {
  const module = createModule();
  const { size, lanes, vector } = float;
  const stride = Math.ceil(cols * STORED_BYTES[type] / 4) * 4;
  module.add({ params: [I32, I32, I32, I32], name: "run" }, (f) => {
    const [rows, mean, out, n] = f.params;
    const [row, column, from, means, to] = Array.from({ length: 5 }, () => f.local(I32));
    const scratch = { words: f.local(V128), quad: f.local(V128) };
    const value = f.local(V128);
    const eight = (count: number): Code =>
      loadEight(from, { type, float, ...scratch }).map((part, v) => [
        [part, means.get, v128.load(v * 16), vector.sub, value.set],
        storeLanes(to, { float, value, offset: v * 16, count: count - v * lanes }),
      ]);
    const rest = cols % 8;
    const full = cols - rest;
    const next = [advance(from, 8 * STORED_BYTES[type]), advance(means, 8 * size), advance(to, 8 * size)];
    const body = [
      [rows.get, from.set, mean.get, means.set, out.get, to.set, i32.const(0), column.set],
      full === 0 ? [] : countUp(column, { step: 8, limit: i32.const(full), body: [eight(8), next] }),
      rest === 0 ? [] : eight(rest),
      [advance(rows, stride), advance(out, cols * size)],
    ];
    return countUp(row, { step: 1, limit: n.get, body });
  });
  return module;
}

interface LoadEight {
  readonly type: StoredType;
  readonly float: Float;
  readonly words: Local;
  readonly quad: Local;
}

/** Returns code for each vector of eight stored numbers, which are to be taken in order. */
function loadEight(from: Local, { type, float, words, quad }: LoadEight): readonly Code[] {
  const isWide = float.dtype === "float64";
  if (type === "float64") return [0, 1, 2, 3].map((v) => [from.get, v128.load(v * 16)]);
  const quads = type === "float32"
    ? [0, 1].map((v) => [from.get, v128.load(v * 16)])
    : [[from.get, v128.load8x8U(), words.tee, i32x4.lowFromU16], [words.get, i32x4.highFromU16]];
  if (!isWide) return type === "float32" ? quads : quads.map((code) => [code, f32x4.fromI32]);
  const widen = type === "float32" ? f64x2.fromF32Low : f64x2.fromI32Low;
  return quads.flatMap((code) => [
    [code, quad.tee, widen],
    [highHalf(quad), widen],
  ]);
}
