import type { Code } from "./code.ts";
import { type Local, v128 } from "./instructions.ts";

export interface StoreLanes {
  readonly value: Local;
  /** Bytes from the address. */
  readonly offset: number;
  /** Lanes that are stored, from the first: all four if it is above 4, none if it is not above 0. */
  readonly count: number;
}

/** Stores the first lanes of a vector and touches no byte behind them. */
export function storeLanes(address: Local, { value, offset, count }: StoreLanes): Code {
  if (count >= 4) return [address.get, value.get, v128.store(offset)];
  return Array.from({ length: Math.max(0, count) }, (_, lane) => [
    address.get,
    value.get,
    v128.storeLane32(offset + lane * 4, lane),
  ]);
}

/** Keeps the first lanes of the vector on the stack and makes the others +0; all stay if there are 4 or more. */
export function keepLanes(count: number): Code {
  if (count >= 4) return [];
  const mask = Array.from({ length: 16 }, (_, byte) => byte < count * 4 ? 255 : 0);
  return [v128.const(mask), v128.and];
}
