import type { Redis } from "ioredis";
import { InputError } from "../../core/errors.ts";
import type { QueueLibraries } from "./load_bullmq.ts";
import { type RedisPlace, withoutCredentials } from "./redis_place.ts";

// What waits for an answer for longer than BullMQ's longest blocking command is on a connection that is gone.
const SILENCE_MS = 15_000;
const CONNECT_MS = 10_000;
const MAX_RETRY_MS = 2000;

/**
 * Connects to a Redis. Once connected, the client comes back by itself as often as the connection is lost, and what was
 * asked of it meanwhile waits.
 *
 * @throws {InputError} If it does not answer, or does not let this process in.
 */
export async function openRedis(
  place: RedisPlace,
  { Redis }: Pick<QueueLibraries, "Redis">,
): Promise<Redis> {
  let isOpen = false;
  let problem: unknown = null;
  const client = new Redis(place.url, {
    lazyConnect: true,
    maxRetriesPerRequest: null,
    connectTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    retryStrategy: (times) => isOpen ? Math.min(100 * times, MAX_RETRY_MS) : null,
  });
  client.on("error", (error) => problem ??= error);
  try {
    await client.connect();
    // A database that is not there shows in an event only.
    if (problem !== null) throw problem;
    isOpen = true;
    return client;
  } catch (error) {
    client.disconnect();
    throw refusal(problem ?? error, place);
  }
}

/**
 * Returns what to throw when Redis failed: an {@link InputError} that holds neither credentials nor the library's own
 * error. Any other error is returned as it is.
 */
export function refusal(error: unknown, place: RedisPlace): unknown {
  if (!(error instanceof Error) || error instanceof InputError || error.name === "NotCapable") return error;
  const message = withoutCredentials(error.message, place);
  if (/^(WRONGPASS|NOAUTH)/.test(message)) {
    return new InputError(
      `Cannot use Redis at ${place.name}: --redis or SEEDBED_REDIS_URL must hold its user and password, found ` +
        `${message.split(" ", 1)[0]}`,
    );
  }
  if (error.name === "ReplyError") {
    return new InputError(`Cannot use Redis at ${place.name}: it must do what it is asked, found ${message}`);
  }
  const isLost = "code" in error || message === "Connection is closed.";
  if (!isLost) return error;
  return new InputError(
    `Cannot reach Redis at ${place.name}: --redis or SEEDBED_REDIS_URL must name one that answers, found ${message}`,
  );
}
