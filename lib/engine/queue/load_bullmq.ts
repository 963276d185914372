import process from "node:process";

/** What the queue takes from its two libraries. */
export type QueueLibraries =
  & Pick<typeof import("bullmq"), "Queue" | "Worker" | "WaitingError">
  & Pick<typeof import("ioredis"), "Redis">;

/**
 * Loads BullMQ and ioredis, once.
 *
 * While they load they look through the whole environment for switches of debuggers. They are shown an empty one, so
 * that they neither need the permission to see it nor learn what is in it.
 */
export async function loadBullmq(): Promise<QueueLibraries> {
  const { env } = process;
  process.env = {};
  try {
    const { Queue, Worker, WaitingError } = await import("bullmq");
    const { Redis } = await import("ioredis");
    return { Queue, Worker, WaitingError, Redis };
  } finally {
    process.env = env;
  }
}
