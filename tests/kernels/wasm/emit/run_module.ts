import { createModule, type ModuleBuilder } from "../../../../lib/kernels/wasm/emit/assembler.ts";

/** A function `run` of a module, and the memory that it works on. */
export interface RunningModule {
  readonly memory: WebAssembly.Memory;
  readonly run: (...args: number[]) => number;
}

/** Compiles what a test adds to a module. */
export function runModule(add: (module: ModuleBuilder) => void): RunningModule {
  const module = createModule();
  add(module);
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
  const compiled = new WebAssembly.Module(module.build({ minPages: 1 }));
  const { run } = new WebAssembly.Instance(compiled, { env: { memory } }).exports;
  return { memory, run: run as RunningModule["run"] };
}
