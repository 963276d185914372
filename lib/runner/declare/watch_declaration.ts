import type nodeProcess from "node:process";
import { InputError } from "../../core/check/errors.ts";
import { beats, type DeclarationSigns, pointUnderWay } from "./declaration_message.ts";

/** The limits of a thread that runs an experiment file. */
export interface DeclarationLimits {
  /** The longest time without a heartbeat. Default: 10 s. */
  readonly maxSilenceMs: number;
  /** Memory, in bytes. Default: 1.5 GB. */
  readonly maxBytes: number;
}

/** The default limits of a thread. */
export const DECLARATION_LIMITS: DeclarationLimits = { maxSilenceMs: 10_000, maxBytes: 1.5e9 };

/**
 * An experiment file allocates memory without limit.
 *
 * Its thread cannot be ended at once, and a full heap ends the process: the catcher must end the command.
 */
export class RunawayError extends InputError {}

/** Options of {@link watchDeclaration}. */
export interface WatchOptions {
  /** The path as given by the user, for messages. */
  readonly file: string;
  /** Called with the problem. */
  readonly onProblem: (problem: InputError) => void;
  /** Returns the text of a point of the grid by its index. */
  readonly pointText: (index: number) => string;
  readonly limits: DeclarationLimits;
}

const CHECK_EVERY_MS = 50;
const MAX_LOADING_MS = 60_000;
const NOTABLE_SILENCE_MS = 500;
/** The share of a silence during which this process must have had a processor. */
const MIN_BUSY = 0.8;

/**
 * Watches a thread that runs an experiment file, until disposed of: it must end, and must not exhaust the memory of
 * this process, which would end without a message.
 */
export function watchDeclaration(
  signs: DeclarationSigns,
  { file, onProblem, pointText, limits: { maxSilenceMs, maxBytes } }: WatchOptions,
): Disposable {
  const bytesBefore = Deno.memoryUsage().rss;
  let checks = 0;
  let seen = beats(signs);
  // Silence is measured in checks, so that one long pause, such as a machine's sleep, does not count as silence.
  let silentChecks = 0;
  let busyMsBefore = 0;
  // On a busy machine, a silent thread may only be waiting for a processor.
  const hasTurns = () => busyMs() - busyMsBefore >= MIN_BUSY * (maxSilenceMs - NOTABLE_SILENCE_MS);
  const fail = (problem: string) => onProblem(new InputError(`Cannot load ${file}: ${problem}`));
  const timer = setInterval(() => {
    checks += 1;
    const found = beats(signs);
    silentChecks = found === seen ? silentChecks + 1 : 0;
    seen = found;
    const silentMs = silentChecks * CHECK_EVERY_MS;
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
      fail(`it must end, found it still running ${where} after ${maxSilenceMs / 1000} s`);
    } else if (point === null && checks * CHECK_EVERY_MS >= MAX_LOADING_MS) {
      fail(
        `its import must end, found it still waiting after ${MAX_LOADING_MS / 1000} s`,
      );
    }
  }, CHECK_EVERY_MS);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** Returns the processor time of this process. */
function busyMs(): number {
  // An import would slow each start of a command for the sake of a file that does not end.
  const { process } = globalThis as unknown as { readonly process: typeof nodeProcess };
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
