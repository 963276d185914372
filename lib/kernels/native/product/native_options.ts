import type { CodeMemory } from "../memory/code_memory.ts";
import type { Target } from "./product_layout.ts";

/** Options for binding an operation in machine code. */
export interface NativeOptions<Bind> {
  readonly memory: CodeMemory;
  readonly target: Target;
  /** Binds operations of other shapes or types. */
  readonly otherwise: Bind;
}
