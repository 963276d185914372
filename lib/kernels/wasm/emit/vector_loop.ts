import type { Code } from "./code.ts";
import { countUp } from "./control.ts";
import { at, type I32, type Local, type V128, type Value } from "./expression.ts";
import type { Float } from "./float.ts";
import { i32, v128 } from "./instructions.ts";
import { keepLanes, storeLanes } from "./lanes.ts";

/** Neighbouring numbers that are handled in vectors. */
export interface VectorLoop {
  readonly float: Float;
  /** How many numbers there are. */
  readonly length: number;
  /** How many of them one turn of the loop handles: a multiple of a vector's lanes. */
  readonly step: number;
  /** Counts the numbers, from what it holds, which must be 0. */
  readonly counter: Local<I32>;
  /** Moves the addresses on by a step. */
  readonly next: Code;
}

/** One vector of a loop's step. */
export interface LoopVector {
  /** Its number in the step. */
  readonly index: number;
  /** Loads the vector; the address is that of the step's first number. */
  load(from: Value<I32>): Value<V128>;
  /** Stores those lanes whose numbers there are; the address is that of the step's first number. */
  store(to: Value<I32>, value: Local<V128>): Code;
  /** Keeps those lanes whose numbers there are, and makes the others +0. */
  keep(value: Value<V128>): Value<V128>;
}

/** Handles numbers vector by vector, from the first to the last. */
export function eachVector(loop: VectorLoop, body: (vector: LoopVector) => Code): Code {
  return eachStep(loop, (vectors) => vectors.map(body));
}

/** Handles numbers step by step, and those that are left at once; the body is given the vectors of a step. */
export function eachStep(
  { float, length, step, counter, next }: VectorLoop,
  body: (vectors: readonly LoopVector[]) => Code,
): Code {
  const rest = length % step;
  const full = length - rest;
  const handle = (count: number) => body(vectorsOf(count, float));
  return [
    full === 0 ? [] : countUp(counter, { step, limit: i32.const(full), body: [handle(step), next] }),
    rest === 0 ? [] : handle(rest),
  ];
}

/** Returns the vectors that hold so many numbers. */
function vectorsOf(length: number, float: Float): readonly LoopVector[] {
  return Array.from({ length: Math.ceil(length / float.lanes) }, (_, index) => {
    const count = length - index * float.lanes;
    return {
      index,
      load: (from) => v128.load(at(from, index * VECTOR_BYTES)),
      store: (to, value) => storeLanes(at(to, index * VECTOR_BYTES), { float, value, count }),
      keep: (value) => keepLanes(value, { float, count }),
    };
  });
}

/** Bytes of a vector. */
const VECTOR_BYTES = 16;
