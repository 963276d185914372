import { createModule, type ModuleBuilder } from "../emit/assembler.ts";
import type { Code } from "../emit/code.ts";
import { advance, repeat } from "../emit/control.ts";
import { at, I32, type Local, localAt, type Place, set, V128, type Value } from "../emit/expression.ts";
import type { Float, VectorOperations } from "../emit/float.ts";
import { i32, v128 } from "../emit/instructions.ts";

/** An operation on every element of some tensors of one shape. */
export interface Elementwise {
  /** How many tensors. */
  readonly tensors: number;
  /** How many numbers besides; each is rounded to the dtype as it is handed over. */
  readonly numbers: number;
  /** How many locals for intermediate values. Default: none. */
  readonly locals?: number;
  /** Returns code that handles one vector of every tensor. */
  readonly body: (given: ElementwiseVectors, operations: VectorOperations) => Code;
}

/** What the code of one vector is given. */
export interface ElementwiseVectors {
  /** Of each tensor, a vector. */
  readonly tensors: readonly TensorVector[];
  /** Of each number, a vector that has it in every lane. */
  readonly numbers: readonly Value<V128>[];
  readonly locals: readonly Local<V128>[];
}

/** A vector of a tensor: as an expression, it is loaded wherever it stands. */
export interface TensorVector extends Value<V128> {
  readonly place: Place;
}

/** Stores a vector to a tensor. */
export function store({ place }: TensorVector, value: Value<V128>): Code {
  return v128.store(place, value);
}

/**
 * Builds a module whose `run(tensors..., byteLength, numbers...)` handles tensors element by element, all tensors given by
 * their addresses. It runs over the end of a tensor to the next 64 bytes, where there is room.
 */
export function buildElementwise(
  { tensors, numbers, locals = 0, body }: Elementwise,
  float: Float,
): ModuleBuilder {
  const module = createModule();
  // How many parameters there are depends on the operation, so they are found by their places.
  const pointers = Array.from({ length: tensors }, (_, i) => localAt(i, I32));
  const byteLength = localAt(tensors, I32);
  const given = Array.from({ length: numbers }, (_, i) => localAt(tensors + 1 + i, float.type));
  const params = [...pointers, byteLength, ...given].map(({ index, type }) => [`param${index}`, type]);
  module.procedure({ name: "run", params: Object.fromEntries(params) }, (_, f) => {
    const end = f.local(I32);
    const splats = f.list(numbers, V128);
    const scratch = f.list(locals, V128);
    const vectors = [0, 1, 2, 3].map((v) => pointers.map((pointer) => vectorAt(at(pointer, v * 16))));
    return [
      set(end, i32.add(pointers[0], byteLength)),
      splats.map((splat, n) => set(splat, float.vector.splat(given[n]))),
      repeat(
        [
          vectors.map((tensors) => body({ tensors, numbers: splats, locals: scratch }, float.vector)),
          pointers.map((pointer) => advance(pointer, 64)),
        ],
        i32.ltU(pointers[0], end),
      ),
    ];
  });
  return module;
}

function vectorAt(place: Place): TensorVector {
  return { ...v128.load(place), place };
}
