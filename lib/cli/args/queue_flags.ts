import { InputError } from "../../core/check/errors.ts";
import { findRedisAddress, REDIS_VARIABLE, type RedisAddress } from "../../runner/queue/redis_address.ts";
import type { CommandLine } from "./command.ts";
import { FLAGS } from "./flags.ts";

/**
 * Returns the Redis of the queue that gets the trials, or undefined if they run here.
 *
 * @throws {InputError} If there is none for `--engine bullmq`, or a flag cannot be combined with it.
 */
export function readQueue(line: CommandLine): RedisAddress | undefined {
  if (line.get(FLAGS.engine) !== "bullmq") {
    if (!line.has(FLAGS.redis)) return undefined;
    throw new InputError(
      "Cannot use --redis: it names the queue of --engine bullmq, found " +
        (line.has(FLAGS.engine) ? `--engine ${line.get(FLAGS.engine)}` : "no --engine"),
    );
  }
  if (line.has(FLAGS.workers)) {
    throw new InputError(
      "Cannot use --workers: with --engine bullmq each worker has a --workers of its own, found " +
        `--workers ${line.texts(FLAGS.workers)[0]}`,
    );
  }
  if (line.get(FLAGS.kernels) === "native") {
    throw new InputError(
      "Cannot use --kernels native: with --engine bullmq other machines compute, which may have another processor",
    );
  }
  return readRedis(line, { action: "use --engine bullmq" });
}

/**
 * Returns the Redis that `--redis` or the environment names.
 *
 * @throws {InputError} If neither does.
 */
export function readRedis(line: CommandLine, { action }: { readonly action: string }): RedisAddress {
  const address = findRedisAddress(line.get(FLAGS.redis));
  if (address !== undefined) return address;
  throw new InputError(`Cannot ${action}: --redis or ${REDIS_VARIABLE} must name a Redis`);
}
