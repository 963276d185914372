import { createRequire } from "node:module";

/** Loads a package of the folder into which the benchmark installed the peers, PEERS_DIR. */
export function requirePeer(name: string): unknown {
  return createRequire(`${Deno.env.get("PEERS_DIR")}/package.json`)(name);
}
