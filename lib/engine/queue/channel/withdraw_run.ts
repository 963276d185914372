import type { Job, Queue } from "bullmq";
import type { Redis } from "ioredis";
import { type RunKeys, runKeys } from "./queue_keys.ts";
import type { QueuedTrial } from "./queued_trial.ts";
import { sweepQueue } from "./sweep_queue.ts";

/** What withdrawing a run takes. */
export interface Withdrawal {
  readonly client: Redis;
  readonly queue: Queue<QueuedTrial>;
}

// A worker completes a job right behind its last report; one that computes hears of it with its next report.
const LAST_LOOKS = 40;
const BETWEEN_LOOKS_MS = 25;

/**
 * Takes all that a run has out of Redis: what it waits for, its jobs that no worker has, and BullMQ's own keys if the
 * queue is empty then. Workers that run one of its trials drop it.
 */
export async function withdrawRun(run: string, { client, queue }: Withdrawal): Promise<void> {
  const keys: RunKeys = runKeys(run);
  await client.del(...Object.values(keys));
  const isOwn = (job: Job<QueuedTrial> | undefined) => job?.data.run === run;
  const waiting = (await queue.getJobs(["waiting"])).filter(isOwn);
  // A job that a worker takes up meanwhile is locked, and stays with it.
  await Promise.all(waiting.map((job) => job.remove().catch(() => {})));
  for (let look = 0; look < LAST_LOOKS; look++) {
    if (!(await queue.getJobs(["active"])).some(isOwn)) break;
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS));
  }
  await sweepQueue(client);
}
