import type { Job, Redis, Worker } from "../redis/bullmq_packages.ts";
import type { QueueLibraries } from "../redis/load_bullmq.ts";
import { isRefusal } from "../redis/redis_refusal.ts";
import type { QueuedTrial } from "./queued_trial.ts";
import { PREFIX, QUEUE } from "./run_keys.ts";
import { sweepQueue } from "./sweep_queue.ts";

/** Options of {@link JobWorker}. */
export interface JobWorkerOptions {
  /** Name of this process, unique among all machines. */
  readonly name: string;
  /** The number of concurrent jobs. */
  readonly concurrency: number;
  /** Time without a lock renewal after which other workers run the worker's jobs. */
  readonly lockMs: number;
  /**
   * Runs the trial of a job whose earlier workers were lost `losses` times; returns whether the job is done.
   * Otherwise it returns to the queue, where another worker may take it at once.
   */
  readonly run: (trial: QueuedTrial, options: { readonly losses: number }) => Promise<boolean>;
  /** Called with errors of BullMQ or Redis. */
  readonly onError: (error: Error) => void;
}

// BullMQ's default is 15 s before it retries after a restart of Redis.
const AFTER_FAILURE_MS = 1000;
// No limit in BullMQ: `run` gets the losses and decides.
const ANY_NUMBER = 1_000_000;

/** Takes jobs of all runs from the queue from the moment it is made, and renews their locks while they run. */
export class JobWorker {
  readonly #client: Redis;
  readonly #libraries: QueueLibraries;
  readonly #options: JobWorkerOptions;
  readonly #worker: Worker<QueuedTrial>;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(client: Redis, options: JobWorkerOptions & { readonly libraries: QueueLibraries }) {
    const { libraries, name, concurrency, lockMs, onError } = options;
    this.#client = client;
    this.#libraries = libraries;
    this.#options = options;
    this.#worker = new libraries.Worker<QueuedTrial>(QUEUE, (job, token) => this.#take(job, token), {
      connection: client,
      prefix: PREFIX,
      name,
      concurrency,
      lockDuration: lockMs,
      stalledInterval: lockMs,
      maxStalledCount: ANY_NUMBER,
      runRetryDelay: AFTER_FAILURE_MS,
    });
    // A lost connection reconnects by itself; a lost job is run by another worker.
    this.#worker.on("error", (error) => {
      onError(error);
      // BullMQ would retry at once, thousands of times a second.
      if (isRefusal(error)) this.pause(AFTER_FAILURE_MS);
    });
    this.#worker.on("drained", () => void sweepQueue(this.#client).catch(() => {}));
  }

  /** Settles when it is ready to take jobs. */
  async ready(): Promise<void> {
    await this.#worker.waitUntilReady();
  }

  /** Takes no further job for a while. */
  pause(timeMs: number): void {
    this.#worker.pause(true);
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.#worker.resume(), timeMs);
  }

  /** Takes no further job, and waits for the running ones unless `isForced`. */
  async close({ isForced = false }: { readonly isForced?: boolean } = {}): Promise<void> {
    clearTimeout(this.#pause);
    try {
      await this.#worker.close(isForced);
    } finally {
      clearTimeout(this.#pause);
    }
  }

  async #take(job: Job<QueuedTrial>, token: string | undefined): Promise<void> {
    const { run, onError } = this.#options;
    if (await run(job.data, { losses: job.stalledCounter })) return;
    await job.moveToWait(token).catch((error) => {
      // The job then returns to the queue when its lock expires.
      if (!isRefusal(error)) throw error;
      onError(error);
    });
    throw new this.#libraries.WaitingError();
  }
}
