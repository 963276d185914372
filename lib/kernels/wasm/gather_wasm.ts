import type { ElementwiseKernels } from "../elementwise_kernels.ts";
import type { Indices, StoredRows } from "../tensor.ts";
import { gatherTwin } from "../twin/elementwise_twin.ts";
import { createModule, type ModuleBuilder } from "./assembler.ts";
import type { Code } from "./code.ts";
import { advance, countUp, f32x4, I32, i32, i32x4, V128, v128 } from "./instructions.ts";
import { storeLanes } from "./lanes.ts";
import type { Machine } from "./machine.ts";

/** The gather of the WebAssembly kernels. */
export function gatherWasm(machine: Machine): Pick<ElementwiseKernels, "gather"> {
  return {
    gather(tensors) {
      const { rows, mean, indices, out } = tensors;
      // Few tables hold float64, and theirs are narrow.
      if (rows instanceof Float64Array) return gatherTwin(Math.fround)(tensors);
      const type = rows instanceof Uint8Array ? "uint8" : "float32";
      const run = machine.compile(`gather ${type} ${out.cols}`, () => buildCentre(type, out.cols));
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

/** Builds a module whose `run(rows, mean, out, n)` subtracts the mean from n stored rows. */
function buildCentre(type: "uint8" | "float32", cols: number): ModuleBuilder {
  const module = createModule();
  const stride = type === "uint8" ? Math.ceil(cols / 4) * 4 : cols * 4;
  module.add({ params: [I32, I32, I32, I32], name: "run" }, (f) => {
    const [rows, mean, out, n] = f.params;
    const [row, column, from, means, to] = Array.from({ length: 5 }, () => f.local(I32));
    const halves = f.local(V128);
    const value = f.local(V128);
    const eight = (count: number): Code => {
      const load: readonly Code[] = type === "uint8"
        ? [
          [from.get, v128.load8x8U(), halves.tee, i32x4.lowFromU16, f32x4.fromI32],
          [halves.get, i32x4.highFromU16, f32x4.fromI32],
        ]
        : [[from.get, v128.load(0)], [from.get, v128.load(16)]];
      return load.map((part, v) => [
        [part, means.get, v128.load(v * 16), f32x4.sub, value.set],
        storeLanes(to, { value, offset: v * 16, count: count - v * 4 }),
      ]);
    };
    const rest = cols % 8;
    const full = cols - rest;
    const next = [advance(from, type === "uint8" ? 8 : 32), advance(means, 32), advance(to, 32)];
    const body = [
      [rows.get, from.set, mean.get, means.set, out.get, to.set, i32.const(0), column.set],
      full === 0 ? [] : countUp(column, { step: 8, limit: i32.const(full), body: [eight(8), next] }),
      rest === 0 ? [] : eight(rest),
      [advance(rows, stride), advance(out, cols * 4)],
    ];
    return countUp(row, { step: 1, limit: n.get, body });
  });
  return module;
}
