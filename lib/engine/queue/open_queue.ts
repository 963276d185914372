import type { Queue } from "bullmq";
import type { Redis } from "ioredis";
import type { QueueLibraries } from "./load_bullmq.ts";
import { openRedis, refusal } from "./open_redis.ts";
import { PREFIX, QUEUE } from "./queue_keys.ts";
import type { QueuedTrial } from "./queued_trial.ts";
import type { RedisPlace } from "./redis_place.ts";
import { withdrawRun } from "./withdraw_run.ts";

/** The queue as a submitter sees it, until it is disposed of. */
export interface QueueLink extends AsyncDisposable {
  readonly client: Redis;
  readonly queue: Queue<QueuedTrial>;
  /** Takes all that a run has out of Redis; returns whether that could be done within a few seconds. */
  readonly withdraw: (run: string) => Promise<boolean>;
  /** Returns what to throw when Redis failed. */
  readonly refusal: (error: unknown) => unknown;
}

const MAX_WITHDRAWAL_MS = 5000;

/**
 * Connects to the queue of a Redis.
 *
 * @throws {InputError} If it cannot be reached or refuses.
 */
export async function openQueue(
  place: RedisPlace,
  { libraries }: { readonly libraries: QueueLibraries },
): Promise<QueueLink> {
  const client = await openRedis(place, libraries);
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
    withdraw: (run) => atMost(MAX_WITHDRAWAL_MS, withdrawRun(run, { client, queue })),
    refusal: (error) => refusal(error, place),
    async [Symbol.asyncDispose]() {
      // The client is this link's own, which BullMQ leaves open.
      await atMost(MAX_WITHDRAWAL_MS, queue.close());
      client.disconnect();
    },
  };
}

/** Waits for a promise, but no longer than that; returns whether it was kept. */
async function atMost(timeMs: number, promise: Promise<void>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => timer = setTimeout(() => resolve(false), timeMs));
  const kept = await Promise.race([promise.then(() => true, () => false), late]);
  clearTimeout(timer);
  return kept;
}
