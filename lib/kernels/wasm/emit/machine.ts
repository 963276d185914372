import type { DType } from "../../../core/numbers/dtype.ts";
import type { ModuleBuilder } from "./assembler.ts";
import { type Float, FLOATS } from "./float.ts";
import { createTensorMemory, type TensorMemory } from "./tensor_memory.ts";

/** The memory of one set of WebAssembly kernels, and the code that runs on it. */
export interface Machine extends Omit<TensorMemory, "release"> {
  /** How its numbers are held. */
  readonly float: Float;
  /**
   * Returns the function `run` of a module, which is built once for each key and dtype in a process.
   *
   * The module may depend on nothing but what its key and the dtype say; addresses are its arguments.
   */
  compile(key: string, build: () => ModuleBuilder): Run;
  /** Frees memory and code for the next machine. Nothing of this one may be used afterwards. */
  free(): void;
}

/** The function of a module. */
type Run = (...args: number[]) => number;

/** A memory, and the functions that work on it, by the keys of their modules. */
interface MemoryWithCode {
  readonly memory: WebAssembly.Memory;
  readonly runs: Map<string, Run>;
}

/**
 * Memory, all zeros, and code of the last machine that was freed. Making both takes as long as training a tiny net, so a
 * trial uses those of the trial before it.
 */
let spare: MemoryWithCode | null = null;

/** Starts a machine with an empty memory. */
export function createMachine(dtype: DType): Machine {
  const taken = spare ?? { memory: new WebAssembly.Memory({ initial: 16, maximum: 65536 }), runs: new Map() };
  spare = null;
  const { memory, runs } = taken;
  const { release, ...tensors } = createTensorMemory(memory, dtype);
  return {
    ...tensors,
    float: FLOATS[dtype],
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
      if (release()) spare = taken;
    },
  };
}

const MODULES = new Map<string, WebAssembly.Module>();

function moduleOf(key: string, build: () => ModuleBuilder): WebAssembly.Module {
  let module = MODULES.get(key);
  if (module === undefined) {
    module = new WebAssembly.Module(build().build({ minPages: 1 }));
    MODULES.set(key, module);
  }
  return module;
}
