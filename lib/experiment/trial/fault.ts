import type { FullyConnectedNet } from "../../nn/net/fully_connected_net.ts";

/** An injected error, to test that a check finds it: one bit of one weight is flipped. */
export interface Fault {
  /** Id of the trial. */
  readonly trial: string;
  /** The epoch before whose training the bit is flipped, from 1. */
  readonly epoch: number;
}

/** Flips the lowest bit of the net's first weight. */
export function flipWeightBit({ parameters: [{ value: { data } }] }: FullyConnectedNet): void {
  new Uint8Array(data.buffer, data.byteOffset, 1)[0] ^= 1;
}
