import { atMost } from "../redis/at_most.ts";
import type { Redis } from "../redis/bullmq_packages.ts";
import type { QueueLibraries } from "../redis/load_bullmq.ts";
import { openRedis } from "../redis/open_redis.ts";
import type { RedisAddress } from "../redis/redis_address.ts";
import { refusal } from "../redis/redis_refusal.ts";
import { checkRedis } from "./check_redis.ts";
import { JobQueue } from "./job_queue.ts";
import { JobWorker, type JobWorkerOptions } from "./job_worker.ts";
import { RunChannel } from "./run_channel.ts";
import { sweepQueue } from "./sweep_queue.ts";

/** Options of {@link openQueue}. */
export interface OpenQueueOptions {
  readonly libraries: QueueLibraries;
  /** Whether the caller only removes keys, so that Redis may be full or have wrong settings. Default: false. */
  readonly isLeaving?: boolean;
}

const MAX_WITHDRAWAL_MS = 5000;
const MAX_CLOSING_MS = 5000;

/**
 * Connects to the queue of a Redis.
 *
 * @throws {InputError} If it cannot be reached, refuses commands, or its settings do not fit a queue.
 */
export async function openQueue(
  address: RedisAddress,
  { libraries, isLeaving = false }: OpenQueueOptions,
): Promise<QueueConnection> {
  const client = await openRedis(address, libraries);
  const unchecked = isLeaving ? null : await checkRedis(client, address);
  // BullMQ would print its own warning about Redis's settings.
  if (isLeaving) Object.assign(client.options, { skipVersionCheck: true });
  return new QueueConnection(client, { address, libraries, unchecked });
}

/** A process's connection to the queue until it is disposed of; submitters and workers use Redis only through it. */
export class QueueConnection implements AsyncDisposable {
  /** A message about settings of Redis that could not be checked, or null. */
  readonly unchecked: string | null;
  readonly #client: Redis;
  readonly #address: RedisAddress;
  readonly #libraries: QueueLibraries;
  #jobs: JobQueue | null = null;

  constructor(
    client: Redis,
    { address, libraries, unchecked }: {
      readonly address: RedisAddress;
      readonly libraries: QueueLibraries;
      readonly unchecked: string | null;
    },
  ) {
    this.#client = client;
    this.#address = address;
    this.#libraries = libraries;
    this.unchecked = unchecked;
  }

  /** The jobs of all runs, for a submitter. */
  get jobs(): JobQueue {
    return this.#jobs ??= new JobQueue(this.#client, this.#libraries);
  }

  /** Returns the channel between a run and its workers. */
  channel(run: string): RunChannel {
    return new RunChannel(run, this.#client);
  }

  /** Starts to take jobs. */
  startWorker(options: JobWorkerOptions): JobWorker {
    return new JobWorker(this.#client, { ...options, libraries: this.#libraries });
  }

  /**
   * Removes everything of a run from Redis: its keys, its waiting jobs, and BullMQ's keys if the queue is empty.
   * Workers that run one of its trials drop it.
   *
   * @returns Whether that succeeded within a few seconds.
   */
  async withdraw(run: string): Promise<boolean> {
    return await atMost(MAX_WITHDRAWAL_MS, this.#withdraw(run));
  }

  /** Removes BullMQ's keys of the queue if it has no job. */
  async sweep(): Promise<void> {
    await sweepQueue(this.#client);
  }

  /** Returns the error to throw when Redis failed. */
  refusal(error: unknown): unknown {
    return refusal(error, this.#address);
  }

  async #withdraw(run: string): Promise<void> {
    await this.channel(run).remove();
    await this.jobs.remove(run);
    await this.sweep();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // BullMQ does not close a client that it was given.
    if (this.#jobs !== null) await atMost(MAX_CLOSING_MS, this.#jobs.close());
    this.#client.disconnect();
  }
}
