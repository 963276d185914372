import { InputError } from "../../../core/check/errors.ts";
import type { Redis } from "./bullmq_packages.ts";
import type { QueueLibraries } from "./load_bullmq.ts";
import type { RedisAddress } from "./redis_address.ts";
import { readRedisInfo, type RedisInfo } from "./redis_info.ts";
import { refusal } from "./redis_refusal.ts";

// A command that takes longer than BullMQ's longest blocking command means that the connection is lost.
const SILENCE_MS = 15_000;
const OPEN_MS = 10_000;
const MAX_RETRY_MS = 2000;
const BETWEEN_CHECKS_MS = 200;

/**
 * Connects to a Redis. Once connected, the client reconnects by itself whenever the connection is lost; commands sent
 * meanwhile wait.
 *
 * @throws {InputError} If it does not answer within 10 s, is still loading its data then, or refuses this process.
 */
export async function openRedis(
  address: RedisAddress,
  { Redis }: Pick<QueueLibraries, "Redis">,
): Promise<Redis> {
  let isOpen = false;
  let problem: unknown = null;
  const client = new Redis(address.url, {
    lazyConnect: true,
    maxRetriesPerRequest: null,
    connectTimeout: OPEN_MS,
    socketTimeout: SILENCE_MS,
    // The client would print a warning at each connection if INFO is forbidden.
    enableReadyCheck: false,
    retryStrategy: (times) => isOpen ? Math.min(100 * times, MAX_RETRY_MS) : null,
  });
  client.on("error", (error) => problem ??= error);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLate(address)), OPEN_MS);
  });
  try {
    await Promise.race([late, client.connect()]);
    const info = await Promise.race([late, infoOnceLoaded(client)]);
    // The error for a database that does not exist arrives as an event only.
    if (problem !== null) throw problem;
    // BullMQ would request the version, which is forbidden here.
    if (info === null) Object.assign(client.options, { skipVersionCheck: true });
    else client.options.enableReadyCheck = true;
    isOpen = true;
    return client;
  } catch (error) {
    client.disconnect();
    throw refusal(problem ?? error, address);
  } finally {
    clearTimeout(timer);
  }
}

async function infoOnceLoaded(client: Redis): Promise<RedisInfo | null> {
  for (;;) {
    const info = await readRedisInfo(client);
    if (info?.loading !== "1") return info;
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_CHECKS_MS));
  }
}

function tooLate({ name }: RedisAddress): InputError {
  return new InputError(
    `Cannot reach Redis at ${name}: --redis or SEEDBED_REDIS_URL must name one that answers and has loaded its data, ` +
      `found neither within ${OPEN_MS / 1000} s`,
  );
}
