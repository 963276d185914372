import { type Code, unsigned } from "./code.ts";

export const I32 = 0x7f as const;
export const I64 = 0x7e as const;
export const F32 = 0x7d as const;
export const F64 = 0x7c as const;
export const V128 = 0x7b as const;

export type I32 = typeof I32;
export type I64 = typeof I64;
export type F32 = typeof F32;
export type F64 = typeof F64;
export type V128 = typeof V128;

/** A type of WebAssembly's values, by its byte. */
export type ValueType = I32 | I64 | F32 | F64 | V128;

/**
 * An expression: code that leaves one value on the stack.
 *
 * Operands are computed from left to right. An expression that stands in two places is computed in each.
 */
export interface Value<T extends ValueType> {
  readonly type: T;
  readonly code: Code;
}

/** A local variable or parameter of a function; as an expression it is the value that it holds. */
export interface Local<T extends ValueType> extends Value<T> {
  readonly index: number;
}

/** Returns the local variable of a function with an index. */
export function localAt<T extends ValueType>(index: number, type: T): Local<T> {
  return { type, code: [0x20, unsigned(index)], index };
}

/** Assigns a value to a local. */
export function set<T extends ValueType>(local: Local<T>, value: Value<NoInfer<T>>): Code {
  return [value.code, 0x21, unsigned(local.index)];
}

/** Assigns a value to a local, and is that value. */
export function tee<T extends ValueType>(local: Local<T>, value: Value<NoInfer<T>>): Value<T> {
  return { type: local.type, code: [value.code, 0x22, unsigned(local.index)] };
}

/** Runs statements, and is then a value. */
export function after<T extends ValueType>(statements: Code, value: Value<T>): Value<T> {
  return { type: value.type, code: [statements, value.code] };
}

/** A place in memory: an address, plus bytes. */
export interface Place {
  readonly address: Value<I32>;
  readonly offset: number;
}

/** Returns the place that lies so many bytes behind an address. */
export function at(address: Value<I32>, offset = 0): Place {
  return { address, offset };
}
