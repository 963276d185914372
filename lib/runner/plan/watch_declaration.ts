import process from "node:process";
import { beats, type DeclarationSigns, pointUnderWay } from "./declaration_message.ts";

/** What watching calls. */
export interface WatchOptions {
  /** Called with what is wrong, which completes "Cannot load FILE: ...". */
  readonly onProblem: (problem: string) => void;
  /** Writes a point of the grid, by its index. */
  readonly pointText: (index: number) => string;
}

const LOOK_EVERY_MS = 50;
const MAX_SILENCE_MS = 10_000;
const MIN_BUSY_MS = 8_000;
const MAX_LOADING_MS = 60_000;
const MAX_BYTES = 1.5e9;

/**
 * Watches a thread that runs an experiment file until it is disposed of: that it comes to an end, and that the memory
 * of this process does not run out, which would end it without a word.
 */
export function watchDeclaration(
  signs: DeclarationSigns,
  { onProblem, pointText }: WatchOptions,
): Disposable {
  const bytesBefore = Deno.memoryUsage().rss;
  let looks = 0;
  let seen = beats(signs);
  // Silence is counted in looks, so that a machine that wakes from sleep has not missed it all at once.
  let silentLooks = 0;
  let busyMsBefore = busyMs();
  const timer = setInterval(() => {
    looks += 1;
    const found = beats(signs);
    silentLooks = found === seen ? silentLooks + 1 : 0;
    if (silentLooks === 0) busyMsBefore = busyMs();
    seen = found;
    // On a machine with much else to do, a thread that is silent may only be waiting for its turn.
    const hasTurns = busyMs() - busyMsBefore >= MIN_BUSY_MS || silentLooks * LOOK_EVERY_MS >= MAX_LOADING_MS;
    const point = pointUnderWay(signs);
    if (Deno.memoryUsage().rss - bytesBefore > MAX_BYTES) {
      onProblem(`it must declare its trials in less than ${MAX_BYTES / 1e9} GB of memory, found more in use`);
    } else if (silentLooks * LOOK_EVERY_MS >= MAX_SILENCE_MS && hasTurns) {
      const where = point === null ? "while it is imported" : `at ${pointText(point)}`;
      onProblem(`it must come to an end, found it still running ${where} after ${MAX_SILENCE_MS / 1000} s`);
    } else if (point === null && looks * LOOK_EVERY_MS >= MAX_LOADING_MS) {
      onProblem(
        `its import must come to an end, found it still waiting for something after ${
          MAX_LOADING_MS / 1000
        } s`,
      );
    }
  }, LOOK_EVERY_MS);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** Returns for how long this process has had a processor. */
function busyMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
