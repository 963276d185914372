import { streamState } from "../../../core/numbers/random.ts";
import type { ElementwiseKernels } from "../../contract/elementwise_kernels.ts";
import { createModule, type ModuleBuilder } from "../emit/assembler.ts";
import type { Code } from "../emit/code.ts";
import { advance, repeat, select } from "../emit/control.ts";
import { at, F64, I32, type Local, set } from "../emit/expression.ts";
import type { Float } from "../emit/float.ts";
import { f64, i32 } from "../emit/instructions.ts";
import type { Machine } from "../emit/machine.ts";

/** The dropout masks of the WebAssembly kernels. */
export function dropoutWasm(machine: Machine): Pick<ElementwiseKernels, "dropoutMask"> {
  return {
    dropoutMask({ mask, keepRatio }) {
      const run = machine.compile("dropoutMask", () => buildDropoutMask(machine.float));
      const state = machine.reserve(16);
      const [to, bytes] = [machine.addressOf(mask), mask.data.byteLength];
      return {
        restart(path) {
          const { a, b, c, d } = streamState(path);
          new Int32Array(machine.bytes().buffer, state, 4).set([a, b, c, d]);
        },
        draw: () => void run(state, to, bytes, 1 / keepRatio, keepRatio * 4294967296),
      };
    },
  };
}

/**
 * Builds a module whose `run` fills a mask from a Tyche-i stream (Neves and Araujo 2011), whose four words it reads and
 * leaves at `state`.
 */
function buildDropoutMask({ type, size, scalar }: Float): ModuleBuilder {
  const module = createModule();
  const params = { state: I32, mask: I32, byteLength: I32, kept: type, limit: F64 };
  module.procedure({ name: "run", params }, ({ state, mask, byteLength, kept, limit }, f) => {
    const end = f.local(I32);
    const words = f.list(4, I32);
    const [a] = words;
    const isKept = f64.lt(f64.fromU32(a), limit);
    return [
      set(end, i32.add(mask, byteLength)),
      words.map((word, i) => set(word, i32.load(at(state, i * 4)))),
      repeat(
        [
          advanceStream(words),
          scalar.store(mask, select(isKept, { then: kept, otherwise: scalar.const(0) })),
          advance(mask, size),
        ],
        i32.ltU(mask, end),
      ),
      words.map((word, i) => i32.store(at(state, i * 4), word)),
    ];
  });
  return module;
}

/** One step of the generator; the draw is then in `a`. */
function advanceStream([a, b, c, d]: readonly Local<I32>[]): Code {
  const { const: constant, xor, sub, rotl, shl, shrU } = i32;
  const mixed = xor(shl(d, constant(16)), shrU(c, constant(16)));
  return [
    set(b, xor(rotl(b, constant(25)), c)),
    set(c, sub(c, d)),
    set(d, xor(rotl(d, constant(24)), a)),
    set(a, sub(a, b)),
    set(b, xor(rotl(b, constant(20)), c)),
    set(c, sub(c, d)),
    // As seedrandom has it: the low half comes from c, where the published generator rotates d.
    set(d, xor(mixed, a)),
    set(a, sub(a, b)),
  ];
}
