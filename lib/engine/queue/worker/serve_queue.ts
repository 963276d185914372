import type { Job } from "bullmq";
import { checkRedis } from "../channel/check_redis.ts";
import { PREFIX, QUEUE } from "../channel/queue_keys.ts";
import { type QueuedTrial, VERSIONS, type Versions } from "../channel/queued_trial.ts";
import { sweepQueue } from "../channel/sweep_queue.ts";
import { atMost } from "../redis/at_most.ts";
import { Complaints } from "../redis/complaints.ts";
import { loadBullmq } from "../redis/load_bullmq.ts";
import { openRedis } from "../redis/open_redis.ts";
import type { RedisAddress } from "../redis/redis_address.ts";
import { isRefusal, refusal } from "../redis/redis_refusal.ts";
import { type Served, TrialRunner } from "./trial_runner.ts";

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
  /** Told what becomes of each trial. */
  readonly observe: (event: Served) => void;
  /** What its trials must have been made for. Default: this program. */
  readonly versions?: Versions;
  /** How long trials may go on after the signal. Default: 20 s, less than what Kubernetes grants. */
  readonly graceMs?: number;
  /** After how long without a sign of life a worker is given up by the others. Default: 30 s. */
  readonly lockMs?: number;
  /** How long to take nothing after a trial that this worker cannot run. Default: 5 s. */
  readonly pauseMs?: number;
  /** For how long Redis may refuse what it is asked before the worker gives up. Default: 6 s. */
  readonly patienceMs?: number;
}

// BullMQ itself would take a quarter of a minute to come back to a Redis that was restarted.
const AFTER_FAILURE_MS = 1000;
const MAX_CLOSING_MS = 2000;
// Every loss is counted by the runner, which knows how many a trial may have.
const ANY_NUMBER = 1_000_000;

/**
 * Takes trials from the queue and runs each on a thread of its own until the signal aborts.
 *
 * This thread only talks: it renews the locks of the trials that run, whatever they do.
 *
 * @throws {InputError} If Redis cannot be reached or refuses.
 */
export async function serveQueue(options: ServeOptions): Promise<void> {
  const { redis, workers, name, signal, lockMs = 30_000, graceMs = 20_000, pauseMs = 5000 } = options;
  const say = (message: string) =>
    options.observe({ trial: null, event: { type: "remark", trial: null, message } });
  const libraries = await loadBullmq();
  const client = await openRedis(redis, libraries);
  const unchecked = await checkRedis(client, redis);
  if (unchecked !== null) say(unchecked);
  using complaints = new Complaints({ redis, onMessage: say, patienceMs: options.patienceMs ?? 6000 });
  const runner = new TrialRunner({ ...options, client, complaints, versions: options.versions ?? VERSIONS });
  const take = async (job: Job<QueuedTrial>, token?: string) => {
    const outcome = await runner.run(job.data, { losses: job.stalledCounter });
    if (outcome === "ended") return;
    // Another may take it at once; this one would only take it again.
    if (outcome === "refused") rest(pauseMs);
    await job.moveToWait(token).catch((error) => {
      // Left as it is, the job goes to another worker once its lock has run out.
      if (!isRefusal(error)) throw error;
      complaints.add(error);
    });
    throw new libraries.WaitingError();
  };
  let resting: ReturnType<typeof setTimeout> | undefined;
  const rest = (timeMs: number) => {
    worker.pause(true);
    clearTimeout(resting);
    resting = setTimeout(() => void worker.resume(), timeMs);
  };
  const worker = new libraries.Worker<QueuedTrial>(QUEUE, take, {
    connection: client,
    prefix: PREFIX,
    name,
    concurrency: workers,
    lockDuration: lockMs,
    stalledInterval: lockMs,
    maxStalledCount: ANY_NUMBER,
    runRetryDelay: AFTER_FAILURE_MS,
  });
  // A connection mends itself; a job that was lost is another worker's.
  worker.on("error", (error) => {
    complaints.add(error);
    // BullMQ would ask again at once, thousands of times a second.
    if (isRefusal(error)) rest(AFTER_FAILURE_MS);
  });
  worker.on("drained", () => void sweepQueue(client).catch(() => {}));
  try {
    await worker.waitUntilReady();
    options.onReady?.();
    await Promise.race([aborted(signal), complaints.givenUp]);
    clearTimeout(resting);
    const grace = setTimeout(() => runner.close(), graceMs);
    await worker.close();
    clearTimeout(grace);
    await sweepQueue(client);
  } catch (error) {
    clearTimeout(resting);
    runner.close();
    // Redis may refuse these too.
    await atMost(MAX_CLOSING_MS, worker.close(true));
    await atMost(MAX_CLOSING_MS, sweepQueue(client));
    throw refusal(error, redis);
  } finally {
    clearTimeout(resting);
    runner.close();
    client.disconnect();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
