import { openQueue } from "../channel/queue_connection.ts";
import { VERSIONS, type Versions } from "../channel/queued_trial.ts";
import { atMost } from "../redis/at_most.ts";
import { QueueErrors } from "../redis/queue_errors.ts";
import { loadBullmq } from "../redis/load_bullmq.ts";
import type { RedisAddress } from "../redis/redis_address.ts";
import type { Served } from "./reporter.ts";
import { TrialRunner } from "./trial_runner.ts";

/** Options of {@link serveQueue}. */
export interface ServeOptions {
  /** The Redis server of the queue. */
  readonly redis: RedisAddress;
  /** Threads that run trials, at least 1. */
  readonly workers: number;
  /** Name of this process, unique among all machines. */
  readonly name: string;
  /** Folder for decoded data sets. */
  readonly cacheDir: string;
  /**
   * Stops the worker: it takes no further trial, and returns trials that do not end within `graceMs` to the queue.
   */
  readonly signal: AbortSignal;
  /** Called when the worker is ready to take trials. */
  readonly onReady?: () => void;
  /** Called with the events of each trial. */
  readonly observe: (event: Served) => void;
  /** The versions that its trials must have. Default: those of this program. */
  readonly versions?: Versions;
  /** How long trials may run after the signal. Default: 20 s, less than the 30 s of Kubernetes. */
  readonly graceMs?: number;
  /** Time without a lock renewal after which other workers run the worker's trials. Default: 30 s. */
  readonly lockMs?: number;
  /** Pause after a trial that this worker cannot run. Default: 5 s. */
  readonly pauseMs?: number;
  /** How long Redis may refuse commands before the worker ends with an error. Default: 6 s. */
  readonly patienceMs?: number;
}

const MAX_CLOSING_MS = 2000;

/**
 * Takes trials from the queue and runs each on a thread of its own until the signal aborts.
 *
 * This thread only communicates with Redis, so that long computations cannot delay the renewal of locks.
 *
 * @throws {InputError} If Redis cannot be reached or refuses.
 *
 * @example
 * ```ts
 * import { serveQueue } from "@seedbed/seedbed/bullmq";
 *
 * export async function serve(signal: AbortSignal): Promise<void> {
 *   await serveQueue({
 *     redis: { url: "redis://localhost:6379", name: "localhost:6379" },
 *     workers: navigator.hardwareConcurrency,
 *     name: `worker ${Deno.pid}`,
 *     cacheDir: "cache",
 *     signal,
 *     observe: ({ trial, event }) => console.log(trial?.id, event.type),
 *   });
 * }
 * ```
 */
export async function serveQueue(options: ServeOptions): Promise<void> {
  const { redis, name, signal, lockMs = 30_000, graceMs = 20_000, pauseMs = 5000 } = options;
  const remark = (message: string) =>
    options.observe({ trial: null, event: { type: "remark", trial: null, message } });
  using queueErrors = new QueueErrors({ redis, onMessage: remark, patienceMs: options.patienceMs ?? 6000 });
  await using queue = await openQueue(redis, { libraries: await loadBullmq() });
  if (queue.unchecked !== null) remark(queue.unchecked);
  const runner = new TrialRunner({ ...options, queue, queueErrors, versions: options.versions ?? VERSIONS });
  const jobs = queue.startWorker({
    name,
    concurrency: options.workers,
    lockMs,
    async run(queued, { losses }) {
      const outcome = await runner.run(queued, { losses });
      // Another worker may take it at once; without a pause, this one could take it again.
      if (outcome === "refused") jobs.pause(pauseMs);
      return outcome === "ended";
    },
    onError: (error) => queueErrors.add(error),
  });
  try {
    await jobs.ready();
    options.onReady?.();
    await Promise.race([aborted(signal), queueErrors.givenUp]);
    const grace = setTimeout(() => runner.close(), graceMs);
    await jobs.close();
    clearTimeout(grace);
    await queue.sweep();
  } catch (error) {
    runner.close();
    // Redis may refuse these commands too.
    await atMost(MAX_CLOSING_MS, jobs.close({ isForced: true }));
    await atMost(MAX_CLOSING_MS, queue.sweep());
    throw queue.refusal(error);
  } finally {
    runner.close();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
