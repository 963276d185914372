import type { Code } from "./code.ts";
import { type I32, type Local, set, tee, type Value, type ValueType } from "./expression.ts";
import { i32 } from "./instructions.ts";

/** Repeats a body while the condition, computed after it, is not 0. */
export function repeat(body: Code, condition: Value<I32>): Code {
  return [0x03, 0x40, body, condition.code, 0x0d, 0x00, 0x0b];
}

/** Runs a body if the condition is not 0. */
export function when(condition: Value<I32>, body: Code): Code {
  return [condition.code, 0x04, 0x40, body, 0x0b];
}

/** Two values of one type. */
export interface Alternatives<T extends ValueType> {
  readonly then: Value<T>;
  readonly otherwise: Value<T>;
}

/** Computes one of two values: `then` if the condition is not 0. */
export function choose<T extends ValueType>(
  condition: Value<I32>,
  { then, otherwise }: Alternatives<T>,
): Value<T> {
  return { type: then.type, code: [condition.code, 0x04, then.type, then.code, 0x05, otherwise.code, 0x0b] };
}

/** Computes two values and takes one of them: `then` if the condition is not 0. */
export function select<T extends ValueType>(
  condition: Value<I32>,
  { then, otherwise }: Alternatives<T>,
): Value<T> {
  return { type: then.type, code: [then.code, otherwise.code, condition.code, 0x1b] };
}

/** Leaves the function with a result. */
export function leave(result: Value<ValueType>): Code {
  return [result.code, 0x0f];
}

/** How a loop counts, and what it runs. */
export interface Counting {
  readonly step: number;
  readonly limit: Value<I32>;
  readonly body: Code;
}

/** Counts a local from what it holds up to a limit; the body runs at least once. */
export function countUp(counter: Local<I32>, { step, limit, body }: Counting): Code {
  return repeat(body, i32.ltU(tee(counter, i32.add(counter, i32.const(step))), limit));
}

/** Adds a number of bytes to an address. */
export function advance(address: Local<I32>, bytes: number): Code {
  return set(address, i32.add(address, i32.const(bytes)));
}
