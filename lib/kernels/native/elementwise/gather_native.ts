import type { ElementwiseKernels } from "../../contract/elementwise_kernels.ts";
import type { Machine } from "../../wasm/emit/machine.ts";
import { createAssembler } from "../emit/assembler.ts";
import { createVectors } from "../emit/vectors.ts";
import { installOnce } from "../memory/install_once.ts";
import type { NativeOptions } from "../product/native_options.ts";
import type { Target } from "../product/product_layout.ts";

/** Columns below which a call of machine code takes longer than it saves. */
const FEWEST = 128;

/**
 * Returns how rows of bytes are gathered in machine code, which reads them where the data set has them: WebAssembly needs
 * a copy in its own memory. Rows of other types, or that do not fill their last vector, are gathered otherwise.
 */
export function gatherNative(
  machine: Machine,
  { memory, target, otherwise }: NativeOptions<ElementwiseKernels["gather"]>,
): ElementwiseKernels["gather"] {
  return (tensors) => {
    const { rows, mean, indices, out } = tensors;
    const { cols } = out;
    const isFit = rows instanceof Uint8Array && cols >= FEWEST && cols % LANES_AT_MOST === 0;
    const key = `${target.set} ${target.dtype}`;
    const find = isFit ? installOnce(memory, { key: "find memory", emit: findMemoryCode }) : null;
    const run = isFit
      ? installOnce(memory, { key: `gather ${key} ${cols}`, emit: () => gatherCode(target, cols) })
      : null;
    if (!isFit || find === null || run === null) return otherwise(tensors);
    const args = new Uint8Array(ARGUMENTS.length);
    const places = new BigUint64Array(args.buffer);
    places.set([mean, out, indices].map((part) => BigInt(machine.addressOf(part))));
    places[ARGUMENTS.count / 8] = BigInt(out.rows);
    return () => {
      // Both addresses are looked up at each call: memory that grows may move.
      find(machine.bytes(), args);
      run(rows, args);
    };
  };
}

/** Offsets of the arguments, in bytes: three addresses in the memory, its own, and the count of rows. */
const ARGUMENTS = { mean: 0, out: 8, indices: 16, memory: 24, count: 32, length: 40 } as const;

/** Numbers of the longest vector. */
const LANES_AT_MOST = 16;

/** Returns code that writes its first address to the arguments. */
function findMemoryCode(): Uint8Array {
  const code = createAssembler();
  code.store({ base: "rsi", offset: ARGUMENTS.memory }, "rdi");
  code.moveConstant("rax", 0);
  code.return();
  return code.bytes();
}

/** Returns code whose first address is that of the stored rows. */
function gatherCode(target: Target, cols: number): Uint8Array {
  const code = createAssembler();
  const vectors = createVectors(code, target);
  const vectorBytes = vectors.lanes * vectors.size;
  const inTurn = [4, 2, 1].find((count) => cols % (count * vectors.lanes) === 0)!;
  code.load("r9", { base: "rsi", offset: ARGUMENTS.memory });
  const place = (to: "r8" | "r10" | "r11", offset: number) => {
    code.load(to, { base: "rsi", offset });
    code.add(to, "r9");
  };
  place("r8", ARGUMENTS.mean);
  place("r10", ARGUMENTS.out);
  place("r11", ARGUMENTS.indices);
  code.load("rcx", { base: "rsi", offset: ARGUMENTS.count });
  code.loop("rcx", () => {
    // rax runs over the stored row, rdx over the mean, r10 over all of out.
    code.load32("rax", { base: "r11", offset: 0 });
    code.multiplyConstant("rax", cols);
    code.add("rax", "rdi");
    code.move("rdx", "r8");
    code.repeat("rsi", cols / (inTurn * vectors.lanes), () => {
      for (let i = 0; i < inTurn; i++) {
        vectors.loadBytes(i, { base: "rax", offset: i * vectors.lanes });
        vectors.subtract(i, i, { base: "rdx", offset: i * vectorBytes });
        vectors.store({ base: "r10", offset: i * vectorBytes }, i);
      }
      code.addConstant("rax", inTurn * vectors.lanes);
      code.addConstant("rdx", inTurn * vectorBytes);
      code.addConstant("r10", inTurn * vectorBytes);
    });
    code.addConstant("r11", 4);
  });
  vectors.end();
  return code.bytes();
}
