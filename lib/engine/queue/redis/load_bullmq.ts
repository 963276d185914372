import process from "node:process";

/** What the queue uses of its two libraries. */
export type QueueLibraries = Pick<
  typeof import("./bullmq_packages.ts"),
  "Queue" | "Worker" | "WaitingError" | "Redis"
>;

/**
 * Loads BullMQ and ioredis, once, without asking for a permission.
 *
 * While they load they look through the whole environment for switches of debuggers, and try a native module, for which
 * they look around the machine. They are shown an environment that holds one variable alone, which turns the native module off.
 */
export async function loadBullmq(): Promise<QueueLibraries> {
  const { env } = process;
  process.env = { MSGPACKR_NATIVE_ACCELERATION_DISABLED: "true" };
  try {
    return await import("./bullmq_packages.ts");
  } finally {
    process.env = env;
  }
}
