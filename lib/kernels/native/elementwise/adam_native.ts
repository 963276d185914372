import type { DType } from "../../../core/numbers/dtype.ts";
import type { OptimizerKernels } from "../../contract/optimizer_kernels.ts";
import type { Machine } from "../../wasm/emit/machine.ts";
import { createAssembler } from "../emit/assembler.ts";
import { createVectors, type Vectors } from "../emit/vectors.ts";
import { installOnce } from "../memory/install_once.ts";
import type { NativeOptions } from "../product/native_options.ts";
import type { Target } from "../product/product_layout.ts";

/** Numbers below which a call of machine code takes longer than it saves. */
const FEWEST = 2048;

/** Returns how Adam is bound in machine code, on the tensors of a machine of WebAssembly. */
export function adamNative(
  machine: Machine,
  { memory, target, otherwise }: NativeOptions<OptimizerKernels["adam"]>,
): OptimizerKernels["adam"] {
  return (tensors) => {
    const { weights, gradient, average, squaredAverage, beta1, beta2, epsilon } = tensors;
    const { length } = weights.data;
    const run = length < FEWEST ? null : installOnce(memory, {
      key: `adam ${target.set} ${target.dtype}`,
      emit: () => adamCode(target),
    });
    if (run === null) return otherwise(tensors);
    const args = new Uint8Array(ARGUMENTS.length);
    const addresses = new BigUint64Array(args.buffer, 0, 5);
    addresses.set(
      [weights, gradient, average, squaredAverage].map((part) => BigInt(machine.addressOf(part))),
    );
    addresses[4] = BigInt(Math.ceil(length * machine.float.size / BYTES_A_TURN));
    const numbers = numbersIn(args, target.dtype);
    numbers.set([0, 0, beta1, 1 - beta1, beta2, 1 - beta2, epsilon]);
    return (stepSize, rootCorrection) => {
      numbers[0] = stepSize;
      numbers[1] = rootCorrection;
      run(machine.bytes(), args);
    };
  };
}

/** Offsets of the arguments, in bytes: four addresses in the memory, the turns, and seven numbers. */
const ARGUMENTS = {
  weights: 0,
  gradient: 8,
  average: 16,
  squaredAverage: 24,
  turns: 32,
  numbers: 64,
  length: 128,
};

function numbersIn(args: Uint8Array<ArrayBuffer>, dtype: DType): Float32Array | Float64Array {
  const ArrayOf = dtype === "float32" ? Float32Array : Float64Array;
  return new ArrayOf(args.buffer, ARGUMENTS.numbers, 7);
}

/** Tensors have space up to the next 64 bytes, so every turn is whole. */
const BYTES_A_TURN = 64;

/** Returns the code of `optimizer_kernels.ts`'s rule, operation by operation. */
function adamCode(target: Target): Uint8Array {
  const code = createAssembler();
  const vectors = createVectors(code, target);
  const bytes = vectors.lanes * vectors.size;
  const pointers = ["r8", "r9", "r10", "r11"] as const;
  for (const [i, register] of pointers.entries()) {
    code.load(register, { base: "rsi", offset: 8 * i });
    code.add(register, "rdi");
  }
  const numbers = [0, 1, 2, 3, 4, 5, 6];
  for (const number of numbers) {
    vectors.broadcast(number, { base: "rsi", offset: ARGUMENTS.numbers + number * vectors.size });
  }
  code.load("rcx", { base: "rsi", offset: ARGUMENTS.turns });
  code.loop("rcx", () => {
    for (let offset = 0; offset < BYTES_A_TURN; offset += bytes) {
      emitAdam(vectors, { offset, first: numbers.length + 4 * (offset / bytes) });
    }
    for (const register of pointers) code.addConstant(register, BYTES_A_TURN);
  });
  vectors.end();
  return code.bytes();
}

/** Handles one vector of each tensor, in four registers from the first on. */
function emitAdam(
  vectors: Vectors,
  { offset, first }: { readonly offset: number; readonly first: number },
): void {
  const [step, correction, keep1, take1, keep2, take2, epsilon] = [0, 1, 2, 3, 4, 5, 6];
  const [g, m, v, term] = [first, first + 1, first + 2, first + 3];
  const { load, store, add, subtract, multiply, divide, squareRoot } = vectors;
  load(g, { base: "r9", offset });
  // m = keep1 * m + take1 * g
  multiply(m, keep1, { base: "r10", offset });
  multiply(term, take1, g);
  add(m, m, term);
  store({ base: "r10", offset }, m);
  // v = keep2 * v + take2 * (g * g)
  multiply(v, keep2, { base: "r11", offset });
  multiply(term, g, g);
  multiply(term, take2, term);
  add(v, v, term);
  store({ base: "r11", offset }, v);
  // w = w - step * (m / (sqrt(v) * correction + epsilon))
  squareRoot(v, v);
  multiply(v, v, correction);
  add(v, v, epsilon);
  divide(m, m, v);
  multiply(m, step, m);
  load(g, { base: "r8", offset });
  subtract(g, g, m);
  store({ base: "r8", offset }, g);
}
