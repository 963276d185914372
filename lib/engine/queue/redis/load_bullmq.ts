import process from "node:process";

/** The parts of the two libraries that the queue uses. */
export type QueueLibraries = Pick<
  typeof import("./bullmq_packages.ts"),
  "Queue" | "Worker" | "WaitingError" | "Redis"
>;

/**
 * Loads BullMQ and ioredis, once, without asking for a permission.
 *
 * While they load, they search the whole environment for debug switches, and try a native module, for which they
 * inspect the machine. They get an environment with a single variable, which turns the native module off.
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
