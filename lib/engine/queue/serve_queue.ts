import type { Job } from "bullmq";
import { loadBullmq } from "./load_bullmq.ts";
import { openRedis, refusal } from "./open_redis.ts";
import { PREFIX, QUEUE } from "./queue_keys.ts";
import { type QueuedTrial, VERSIONS, type Versions } from "./queued_trial.ts";
import { type RedisPlace, withoutCredentials } from "./redis_place.ts";
import { type Served, TrialDesk } from "./trial_desk.ts";
import { sweepQueue } from "./sweep_queue.ts";

/** How a worker serves the queue. */
export interface ServeOptions {
  /** The Redis that holds the queue. */
  readonly redis: RedisPlace;
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
}

// BullMQ itself would take a quarter of a minute to come back to a Redis that was restarted.
const AFTER_FAILURE_MS = 1000;
// Every loss is counted by the desk, which knows how many a trial may have.
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
  const libraries = await loadBullmq();
  const client = await openRedis(redis, libraries);
  const desk = new TrialDesk({ ...options, client, versions: options.versions ?? VERSIONS });
  const take = async (job: Job<QueuedTrial>, token?: string) => {
    const outcome = await desk.run(job.data, { losses: job.stalledCounter });
    if (outcome === "ended") return;
    // Another may take it at once; this one would only take it again.
    if (outcome === "refused") rest();
    await job.moveToWait(token);
    throw new libraries.WaitingError();
  };
  let resting: ReturnType<typeof setTimeout> | undefined;
  const rest = () => {
    worker.pause(true);
    clearTimeout(resting);
    resting = setTimeout(() => void worker.resume(), pauseMs);
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
  worker.on("error", (error) => tellProblem(error, options));
  worker.on("drained", () => void sweepQueue(client).catch(() => {}));
  try {
    await worker.waitUntilReady();
    options.onReady?.();
    await aborted(signal);
    clearTimeout(resting);
    const grace = setTimeout(() => desk.close(), graceMs);
    await worker.close();
    clearTimeout(grace);
    await sweepQueue(client);
  } catch (error) {
    throw refusal(error, redis);
  } finally {
    clearTimeout(resting);
    desk.close();
    client.disconnect();
  }
}

/** Tells what Redis or BullMQ complain of, but for connections that are away, of which they complain all the time. */
function tellProblem(error: Error, { redis, observe }: ServeOptions): void {
  if ("code" in error || error.message === "Connection is closed.") return;
  const message = `The queue at ${redis.name} says: ${withoutCredentials(error.message, redis)}.`;
  observe({ trial: null, event: { type: "remark", trial: null, message } });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
