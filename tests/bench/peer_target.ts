import type { AbsentPeer } from "./python_libraries.ts";
import type { Target } from "./report.ts";

/** What a target against some peers is made of. */
export interface PeerTargetOptions {
  readonly name: string;
  /** The library that it is against, as {@link AbsentPeer} names it. */
  readonly library: string;
  readonly absent: readonly AbsentPeer[];
  readonly bound: number;
  /** How many times as fast as each program of the library Seedbed is; null where that does other work. */
  readonly ratios: readonly (number | null)[];
}

/**
 * Returns the target against the fastest program of a library. Where the library is not set up, or no program of it does
 * the same work, there is nothing that the target could count.
 */
export function peerTarget({ name, library, absent, bound, ratios }: PeerTargetOptions): Target {
  const target = { name, bound, direction: "at least", unit: "times" } as const;
  const counted = ratios.filter((ratio) => ratio !== null && Number.isFinite(ratio)) as number[];
  if (counted.length > 0) return { ...target, measured: Math.min(...counted) };
  const isAbsent = absent.some((peer) => peer.name === library);
  const reason = isAbsent
    ? `${library} is not set up`
    : ratios.length > 0
    ? `no program of ${library} does the same work`
    : `${library} has no such program`;
  return { ...target, measured: NaN, reason };
}
