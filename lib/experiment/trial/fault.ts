import type { FullyConnectedNet } from "../../nn/net/fully_connected_net.ts";

/** An error made on purpose, to see that a check finds it: one bit of one weight is turned over. */
export interface Fault {
  /** Id of the trial. */
  readonly trial: string;
  /** The epoch before whose training it happens, from 1. */
  readonly epoch: number;
}

/** Turns the lowest bit of the net's first weight over. */
export function flipWeightBit({ parameters: [{ value: { data } }] }: FullyConnectedNet): void {
  new Uint8Array(data.buffer, data.byteOffset, 1)[0] ^= 1;
}
