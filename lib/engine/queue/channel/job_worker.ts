import type { Job, Redis, Worker } from "../redis/bullmq_packages.ts";
import type { QueueLibraries } from "../redis/load_bullmq.ts";
import { isRefusal } from "../redis/redis_refusal.ts";
import type { QueuedTrial } from "./queued_trial.ts";
import { PREFIX, QUEUE } from "./run_keys.ts";
import { sweepQueue } from "./sweep_queue.ts";

/** How jobs are taken. */
export interface JobWorkerOptions {
  /** Names this process among all machines. */
  readonly name: string;
  /** How many jobs are taken at once. */
  readonly concurrency: number;
  /** After how long without a sign of life others take over the worker's jobs. */
  readonly lockMs: number;
  /**
   * Runs the trial of a job whose earlier workers were lost so many times; returns whether the job is done. One that is not
   * goes back into the queue, where another worker may take it at once.
   */
  readonly run: (trial: QueuedTrial, options: { readonly losses: number }) => Promise<boolean>;
  /** Called with what BullMQ or Redis complains of. */
  readonly onError: (error: Error) => void;
}

// BullMQ itself would take a quarter of a minute to come back to a Redis that was restarted.
const AFTER_FAILURE_MS = 1000;
// The losses of a trial are passed on: who runs it knows how many it may have.
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
    // A connection mends itself; a job that was lost is another worker's.
    this.#worker.on("error", (error) => {
      onError(error);
      // BullMQ would ask again at once, thousands of times a second.
      if (isRefusal(error)) this.pause(AFTER_FAILURE_MS);
    });
    this.#worker.on("drained", () => void sweepQueue(this.#client).catch(() => {}));
  }

  /** Settles when it takes jobs. */
  async ready(): Promise<void> {
    await this.#worker.waitUntilReady();
  }

  /** Takes no further job for a while. */
  pause(timeMs: number): void {
    this.#worker.pause(true);
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.#worker.resume(), timeMs);
  }

  /** Takes no further job, and waits for those that run unless it is to break off. */
  async close({ isBreakingOff = false }: { readonly isBreakingOff?: boolean } = {}): Promise<void> {
    clearTimeout(this.#pause);
    try {
      await this.#worker.close(isBreakingOff);
    } finally {
      clearTimeout(this.#pause);
    }
  }

  async #take(job: Job<QueuedTrial>, token: string | undefined): Promise<void> {
    const { run, onError } = this.#options;
    if (await run(job.data, { losses: job.stalledCounter })) return;
    await job.moveToWait(token).catch((error) => {
      // Left as it is, the job goes to another worker once its lock has run out.
      if (!isRefusal(error)) throw error;
      onError(error);
    });
    throw new this.#libraries.WaitingError();
  }
}
