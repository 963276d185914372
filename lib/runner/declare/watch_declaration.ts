import type nodeProcess from "node:process";
import { InputError } from "../../core/check/errors.ts";
import { beats, type DeclarationSigns, pointUnderWay } from "./declaration_message.ts";

/** What a thread that runs an experiment file may take. */
export interface DeclarationLimits {
  /** How long it may compute without a sign of life. Default: 10 s. */
  readonly maxSilenceMs: number;
  /** Memory, in bytes. Default: 1.5 GB. */
  readonly maxBytes: number;
}

/** The limits of a thread that no one has set others for. */
export const DECLARATION_LIMITS: DeclarationLimits = { maxSilenceMs: 10_000, maxBytes: 1.5e9 };

/**
 * An experiment file takes memory without an end.
 *
 * Its thread cannot be ended at once, and a heap that is full ends the process: whoever catches this is to end too.
 */
export class RunawayError extends InputError {}

/** What watching calls. */
export interface WatchOptions {
  /** The path as the user gave it, for messages. */
  readonly file: string;
  /** Called with what is wrong. */
  readonly onProblem: (problem: InputError) => void;
  /** Writes a point of the grid, by its index. */
  readonly pointText: (index: number) => string;
  readonly limits: DeclarationLimits;
}

const LOOK_EVERY_MS = 50;
const MAX_LOADING_MS = 60_000;
const NOTABLE_SILENCE_MS = 500;
/** The part of a silence for which this process must have had a processor. */
const MIN_BUSY = 0.8;

/**
 * Watches a thread that runs an experiment file until it is disposed of: that it comes to an end, and that the memory
 * of this process does not run out, which would end it without a word.
 */
export function watchDeclaration(
  signs: DeclarationSigns,
  { file, onProblem, pointText, limits: { maxSilenceMs, maxBytes } }: WatchOptions,
): Disposable {
  const bytesBefore = Deno.memoryUsage().rss;
  let looks = 0;
  let seen = beats(signs);
  // Silence is counted in looks, so that a machine that wakes from sleep has not missed it all at once.
  let silentLooks = 0;
  let busyMsBefore = 0;
  // On a machine with much else to do, a thread that is silent may only be waiting for its turn.
  const hasTurns = () => busyMs() - busyMsBefore >= MIN_BUSY * (maxSilenceMs - NOTABLE_SILENCE_MS);
  const fail = (problem: string) => onProblem(new InputError(`Cannot load ${file}: ${problem}`));
  const timer = setInterval(() => {
    looks += 1;
    const found = beats(signs);
    silentLooks = found === seen ? silentLooks + 1 : 0;
    seen = found;
    const silentMs = silentLooks * LOOK_EVERY_MS;
    if (silentMs === NOTABLE_SILENCE_MS) busyMsBefore = busyMs();
    const point = pointUnderWay(signs);
    if (Deno.memoryUsage().rss - bytesBefore > maxBytes) {
      const most = `${maxBytes / 1e9} GB`;
      onProblem(
        new RunawayError(
          `Cannot load ${file}: it must declare its trials in less than ${most} of memory, found more in use`,
        ),
      );
    } else if (silentMs >= maxSilenceMs && (hasTurns() || silentMs >= MAX_LOADING_MS)) {
      const where = point === null ? "while it is imported" : `at ${pointText(point)}`;
      fail(`it must come to an end, found it still running ${where} after ${maxSilenceMs / 1000} s`);
    } else if (point === null && looks * LOOK_EVERY_MS >= MAX_LOADING_MS) {
      fail(
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
  // An import would make each start of a command load what only a file without an end needs.
  const { process } = globalThis as unknown as { readonly process: typeof nodeProcess };
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
