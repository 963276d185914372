import type { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { checkRedis } from "../channel/check_redis.ts";
import { PREFIX, QUEUE } from "../channel/queue_keys.ts";
import type { QueuedTrial } from "../channel/queued_trial.ts";
import { withdrawRun } from "../channel/withdraw_run.ts";
import { atMost } from "../redis/at_most.ts";
import type { QueueLibraries } from "../redis/load_bullmq.ts";
import { openRedis } from "../redis/open_redis.ts";
import type { RedisAddress } from "../redis/redis_address.ts";
import { refusal } from "../redis/redis_refusal.ts";

/** The queue as a submitter sees it, until it is disposed of. */
export interface QueueLink extends AsyncDisposable {
  readonly client: Redis;
  readonly queue: Queue<QueuedTrial>;
  /** Takes all that a run has out of Redis; returns whether that could be done within a few seconds. */
  readonly withdraw: (run: string) => Promise<boolean>;
  /** What could not be checked of how Redis is set, or null. */
  readonly unchecked: string | null;
  /** Returns what to throw when Redis failed. */
  readonly refusal: (error: unknown) => unknown;
}

const MAX_WITHDRAWAL_MS = 5000;

/** How a queue is opened. */
export interface OpenQueueOptions {
  readonly libraries: QueueLibraries;
  /** Whether nothing is to be put into the queue, so that it may be full or set in a wrong way. Default: false. */
  readonly isLeaving?: boolean;
}

/**
 * Connects to the queue of a Redis.
 *
 * @throws {InputError} If it cannot be reached, refuses, or cannot hold a queue as it is set.
 */
export async function openQueue(
  address: RedisAddress,
  { libraries, isLeaving = false }: OpenQueueOptions,
): Promise<QueueLink> {
  const client = await openRedis(address, libraries);
  const unchecked = isLeaving ? null : await checkRedis(client, address);
  // BullMQ would write a warning of its own about the way that Redis is set.
  if (isLeaving) Object.assign(client.options, { skipVersionCheck: true });
  const queue: Queue<QueuedTrial> = new libraries.Queue(QUEUE, {
    connection: client,
    prefix: PREFIX,
    // Who only looks leaves nothing.
    skipMetasUpdate: true,
  });
  queue.on("error", () => {});
  return {
    client,
    queue,
    unchecked,
    withdraw: (run) => atMost(MAX_WITHDRAWAL_MS, withdrawRun(run, { client, queue })),
    refusal: (error) => refusal(error, address),
    async [Symbol.asyncDispose]() {
      // The client is this link's own, which BullMQ leaves open.
      await atMost(MAX_WITHDRAWAL_MS, queue.close());
      client.disconnect();
    },
  };
}
