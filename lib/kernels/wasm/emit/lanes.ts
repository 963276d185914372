import type { Code } from "./code.ts";
import type { Float } from "./float.ts";
import { i8x16, type Local, v128 } from "./instructions.ts";

export interface StoreLanes {
  readonly float: Float;
  readonly value: Local;
  /** Bytes from the address. */
  readonly offset: number;
  /** Lanes that are stored, from the first: all if it is above what there are, none if it is not above 0. */
  readonly count: number;
}

/** Stores the first lanes of a vector and touches no byte behind them. */
export function storeLanes(address: Local, { float, value, offset, count }: StoreLanes): Code {
  if (count >= float.lanes) return [address.get, value.get, v128.store(offset)];
  return Array.from({ length: Math.max(0, count) }, (_, lane) => [
    address.get,
    value.get,
    float.vector.storeLane(offset + lane * float.size, lane),
  ]);
}

/** Keeps the first lanes of the vector on the stack and makes the others +0; all stay if the vector has no more. */
export function keepLanes(count: number, { lanes, size }: Float): Code {
  if (count >= lanes) return [];
  const mask = Array.from({ length: 16 }, (_, byte) => byte < count * size ? 255 : 0);
  return [v128.const(mask), v128.and];
}

/** Returns a vector's upper 64 bits, in both of its halves. */
export function highHalf(value: Local): Code {
  return [value.get, value.get, i8x16.shuffle([8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15])];
}
