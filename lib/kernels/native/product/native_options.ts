import type { CodeMemory } from "../memory/code_memory.ts";
import type { Target } from "./product_layout.ts";

/** What binding an operation in machine code takes besides the machine. */
export interface NativeOptions<Bind> {
  readonly memory: CodeMemory;
  readonly target: Target;
  /** Binds what machine code is not made for. */
  readonly otherwise: Bind;
}
