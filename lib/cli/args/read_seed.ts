import type { CommandLine } from "./command.ts";
import { FLAGS } from "./flags.ts";

/** Returns the seed that picks trials: another each time, unless `--seed` gives it. */
export function readSeed(line: CommandLine): number {
  return line.get(FLAGS.seed) ?? crypto.getRandomValues(new Uint32Array(1))[0];
}
