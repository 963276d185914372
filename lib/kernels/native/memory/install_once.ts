import type { CodeMemory, NativeFunction } from "./code_memory.ts";

/** Code, and its key. */
export interface InstallOnce {
  /** All that the code depends on. */
  readonly key: string;
  readonly emit: () => Uint8Array;
}

const INSTALLED = new Map<string, NativeFunction | null>();

/** Puts code into memory once in a process; null where there is no space left. */
export function installOnce(memory: CodeMemory, { key, emit }: InstallOnce): NativeFunction | null {
  let run = INSTALLED.get(key);
  if (run === undefined) INSTALLED.set(key, run = memory.install(emit()));
  return run;
}
