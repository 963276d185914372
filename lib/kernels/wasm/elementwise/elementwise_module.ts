import { createModule, type ModuleBuilder } from "../emit/assembler.ts";
import type { Code } from "../emit/code.ts";
import type { Float } from "../emit/float.ts";
import { advance, I32, i32, type Local, repeat, V128, v128, type ValueType } from "../emit/instructions.ts";

/** An operation on every element of some tensors of one shape. */
export interface Elementwise {
  /** How many tensors. */
  readonly tensors: number;
  /** How many numbers besides; each is rounded to the dtype as it is handed over. */
  readonly numbers: number;
  /** Returns code that handles one vector of every tensor. */
  readonly body: (vector: ElementwiseVector, operations: Float["vector"]) => Code;
}

/** One vector of every tensor. */
export interface ElementwiseVector {
  /** Loads the vector of a tensor. */
  load(tensor: number): Code;
  /** Stores a vector to a tensor. */
  store(tensor: number, value: Code): Code;
  /** A number, in every lane. */
  number(index: number): Code;
  /** A local for intermediate values, by its number. */
  local(index: number): Local;
}

/**
 * Builds a module whose `run(tensors..., byteLength, numbers...)` handles tensors element by element, all tensors given by
 * their addresses. It runs over the end of a tensor to the next 64 bytes, where there is room.
 */
export function buildElementwise({ tensors, numbers, body }: Elementwise, float: Float): ModuleBuilder {
  const module = createModule();
  const params: ValueType[] = [...Array(tensors + 1).fill(I32), ...Array(numbers).fill(float.type)];
  module.add({ params, name: "run" }, (f) => {
    const pointers = f.params.slice(0, tensors);
    const byteLength = f.params[tensors];
    const end = f.local(I32);
    const splats = Array.from({ length: numbers }, () => f.local(V128));
    const locals: Local[] = [];
    const vector = (v: number): ElementwiseVector => ({
      load: (tensor) => [pointers[tensor].get, v128.load(v * 16)],
      store: (tensor, value) => [pointers[tensor].get, value, v128.store(v * 16)],
      number: (index) => splats[index].get,
      local: (index) => locals[index] ??= f.local(V128),
    });
    return [
      [pointers[0].get, byteLength.get, i32.add, end.set],
      splats.map((splat, n) => [f.params[tensors + 1 + n].get, float.vector.splat, splat.set]),
      repeat(
        [
          [0, 1, 2, 3].map((v) => body(vector(v), float.vector)),
          pointers.map((pointer) => advance(pointer, 64)),
        ],
        [pointers[0].get, end.get, i32.ltU],
      ),
    ];
  });
  return module;
}
