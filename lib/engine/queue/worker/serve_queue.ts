import { openQueue } from "../channel/queue_connection.ts";
import { VERSIONS, type Versions } from "../channel/queued_trial.ts";
import { atMost } from "../redis/at_most.ts";
import { Complaints } from "../redis/complaints.ts";
import { loadBullmq } from "../redis/load_bullmq.ts";
import type { RedisAddress } from "../redis/redis_address.ts";
import type { Served } from "./reporter.ts";
import { TrialRunner } from "./trial_runner.ts";

/** How a worker serves the queue. */
export interface ServeOptions {
  /** The Redis that holds the queue. */
  readonly redis: RedisAddress;
  /** Threads that run trials, at least 1. */
  readonly workers: number;
  /** Names this process among all machines. */
  readonly name: string;
  /** Holds decoded data sets. */
  readonly cacheDir: string;
  /** Stops the worker: it takes no further trial, and hands back what does not end within `graceMs`. */
  readonly signal: AbortSignal;
  /** Called when the worker has begun to take trials. */
  readonly onReady?: () => void;
  /** Called with what happens to each trial. */
  readonly observe: (event: Served) => void;
  /** The versions that its trials must have. Default: those of this program. */
  readonly versions?: Versions;
  /** How long trials may go on after the signal. Default: 20 s, less than the 30 s of Kubernetes. */
  readonly graceMs?: number;
  /** After how long without a sign of life others take over the worker's trials. Default: 30 s. */
  readonly lockMs?: number;
  /** How long to take nothing after a trial that this worker cannot run. Default: 5 s. */
  readonly pauseMs?: number;
  /** For how long Redis may refuse what it is asked before the worker gives up. Default: 6 s. */
  readonly patienceMs?: number;
}

const MAX_CLOSING_MS = 2000;

/**
 * Takes trials from the queue and runs each on a thread of its own until the signal aborts.
 *
 * This thread only talks to Redis: it renews the locks of the trials that run, whatever they do.
 *
 * @throws {InputError} If Redis cannot be reached or refuses.
 */
export async function serveQueue(options: ServeOptions): Promise<void> {
  const { redis, name, signal, lockMs = 30_000, graceMs = 20_000, pauseMs = 5000 } = options;
  const say = (message: string) =>
    options.observe({ trial: null, event: { type: "remark", trial: null, message } });
  using complaints = new Complaints({ redis, onMessage: say, patienceMs: options.patienceMs ?? 6000 });
  await using queue = await openQueue(redis, { libraries: await loadBullmq() });
  if (queue.unchecked !== null) say(queue.unchecked);
  const runner = new TrialRunner({ ...options, queue, complaints, versions: options.versions ?? VERSIONS });
  const jobs = queue.startWorker({
    name,
    concurrency: options.workers,
    lockMs,
    async run(queued, { losses }) {
      const outcome = await runner.run(queued, { losses });
      // Another worker may take it at once; this one would only take it again.
      if (outcome === "refused") jobs.pause(pauseMs);
      return outcome === "ended";
    },
    onError: (error) => complaints.add(error),
  });
  try {
    await jobs.ready();
    options.onReady?.();
    await Promise.race([aborted(signal), complaints.givenUp]);
    const grace = setTimeout(() => runner.close(), graceMs);
    await jobs.close();
    clearTimeout(grace);
    await queue.sweep();
  } catch (error) {
    runner.close();
    // Redis may refuse these too.
    await atMost(MAX_CLOSING_MS, jobs.close({ isBreakingOff: true }));
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
