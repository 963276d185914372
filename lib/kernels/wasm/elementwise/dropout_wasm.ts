import { streamState } from "../../../core/numbers/random.ts";
import type { ElementwiseKernels } from "../../contract/elementwise_kernels.ts";
import { createModule, type ModuleBuilder } from "../emit/assembler.ts";
import type { Code } from "../emit/code.ts";
import type { Float } from "../emit/float.ts";
import { advance, F64, f64, I32, i32, type Local, repeat, select } from "../emit/instructions.ts";
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
 * Builds a module whose `run(state, mask, byteLength, kept, limit)` fills a mask from a Tyche-i stream (Neves and Araujo
 * 2011), whose four words it reads and leaves at `state`.
 */
function buildDropoutMask({ type, size, scalar }: Float): ModuleBuilder {
  const module = createModule();
  module.add({ params: [I32, I32, I32, type, F64], name: "run" }, (f) => {
    const [state, mask, byteLength, kept, limit] = f.params;
    const end = f.local(I32);
    const words = [f.local(I32), f.local(I32), f.local(I32), f.local(I32)];
    const [a] = words;
    return [
      [mask.get, byteLength.get, i32.add, end.set],
      words.map((word, i) => [state.get, i32.load(i * 4), word.set]),
      repeat(
        [
          advanceStream(words),
          [
            mask.get,
            kept.get,
            scalar.const(0),
            a.get,
            f64.fromU32,
            limit.get,
            f64.lt,
            select,
            scalar.store(),
          ],
          advance(mask, size),
        ],
        [mask.get, end.get, i32.ltU],
      ),
      words.map((word, i) => [state.get, word.get, i32.store(i * 4)]),
    ];
  });
  return module;
}

/** One step of the generator; the draw is then in `a`. */
function advanceStream([a, b, c, d]: readonly Local[]): Code {
  const rotate = (word: Local, bits: number) => [word.get, i32.const(bits), i32.rotl];
  return [
    [rotate(b, 25), c.get, i32.xor, b.set],
    [c.get, d.get, i32.sub, c.set],
    [rotate(d, 24), a.get, i32.xor, d.set],
    [a.get, b.get, i32.sub, a.set],
    [rotate(b, 20), c.get, i32.xor, b.set],
    [c.get, d.get, i32.sub, c.set],
    // As seedrandom has it: the low half comes from c, where the published generator rotates d.
    [d.get, i32.const(16), i32.shl, c.get, i32.const(16), i32.shrU, i32.xor, a.get, i32.xor, d.set],
    [a.get, b.get, i32.sub, a.set],
  ];
}
