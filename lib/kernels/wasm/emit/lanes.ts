import type { Code } from "./code.ts";
import { at, type Local, type Place, type V128, type Value } from "./expression.ts";
import type { Float } from "./float.ts";
import { i8x16, v128 } from "./instructions.ts";

/** The first lanes of a vector. */
export interface FirstLanes {
  readonly float: Float;
  /** How many: all if it is above what there are, none if it is not above 0. */
  readonly count: number;
}

/** Stores the first lanes of a vector and touches no byte behind them. */
export function storeLanes(
  { address, offset }: Place,
  { float, value, count }: FirstLanes & { readonly value: Local<V128> },
): Code {
  if (count >= float.lanes) return v128.store(at(address, offset), value);
  return Array.from(
    { length: Math.max(0, count) },
    (_, lane) => float.vector.storeLane(at(address, offset + lane * float.size), { value, lane }),
  );
}

/** Keeps the first lanes of a vector and makes the others +0; all stay if the vector has no more. */
export function keepLanes(
  value: Value<V128>,
  { float: { lanes, size }, count }: FirstLanes,
): Value<V128> {
  if (count >= lanes) return value;
  const mask = Array.from({ length: 16 }, (_, byte) => byte < count * size ? 255 : 0);
  return v128.and(value, v128.const(mask));
}

/** Returns a vector's upper 64 bits, in both of its halves. */
export function highHalf(value: Local<V128>): Value<V128> {
  return i8x16.shuffle([value, value], [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15]);
}

/** Picks lanes of two vectors, as many as a vector has: those of the second are numbered behind those of the first. */
export function shuffleLanes(
  vectors: readonly [left: Value<V128>, right: Value<V128>],
  { size, lanes }: { readonly size: number; readonly lanes: readonly number[] },
): Value<V128> {
  const bytes = lanes.flatMap((lane) => Array.from({ length: size }, (_, byte) => lane * size + byte));
  return i8x16.shuffle(vectors, bytes);
}
