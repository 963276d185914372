import { type Code, type Local, v128 } from "./assembler.ts";

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
