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

/** How a connection is opened. */
export interface OpenQueueOptions {
  readonly libraries: QueueLibraries;
  /** Whether nothing is to be put into the queue, so that it may be full or set in a wrong way. Default: false. */
  readonly isLeaving?: boolean;
}

const MAX_WITHDRAWAL_MS = 5000;
const MAX_CLOSING_MS = 5000;

/**
 * Connects to the queue of a Redis.
 *
 * @throws {InputError} If it cannot be reached, refuses, or cannot hold a queue as it is set.
 */
export async function openQueue(
  address: RedisAddress,
  { libraries, isLeaving = false }: OpenQueueOptions,
): Promise<QueueConnection> {
  const client = await openRedis(address, libraries);
  const unchecked = isLeaving ? null : await checkRedis(client, address);
  // BullMQ would write a warning of its own about the way that Redis is set.
  if (isLeaving) Object.assign(client.options, { skipVersionCheck: true });
  return new QueueConnection(client, { address, libraries, unchecked });
}

/** A process's connection to the queue, until it is disposed of: all that submitters and workers do with Redis. */
export class QueueConnection implements AsyncDisposable {
  /** What could not be checked of how Redis is set, or null. */
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

  /** Returns what a run and its workers exchange. */
  channel(run: string): RunChannel {
    return new RunChannel(run, this.#client);
  }

  /** Begins to take jobs. */
  startWorker(options: JobWorkerOptions): JobWorker {
    return new JobWorker(this.#client, { ...options, libraries: this.#libraries });
  }

  /**
   * Removes all that a run has in Redis: its keys, its jobs that no worker has, and what BullMQ keeps for an empty queue.
   * Workers that run one of its trials drop it.
   *
   * @returns Whether that could be done within a few seconds.
   */
  async withdraw(run: string): Promise<boolean> {
    return await atMost(MAX_WITHDRAWAL_MS, this.#withdraw(run));
  }

  /** Removes what BullMQ keeps for the queue if no run has a job in it. */
  async sweep(): Promise<void> {
    await sweepQueue(this.#client);
  }

  /** Returns what to throw when Redis failed. */
  refusal(error: unknown): unknown {
    return refusal(error, this.#address);
  }

  async #withdraw(run: string): Promise<void> {
    await this.channel(run).remove();
    await this.jobs.remove(run);
    await this.sweep();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // BullMQ leaves a client open that it was given.
    if (this.#jobs !== null) await atMost(MAX_CLOSING_MS, this.#jobs.close());
    this.#client.disconnect();
  }
}
