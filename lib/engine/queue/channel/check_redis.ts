import { InputError } from "../../../core/check/errors.ts";
import type { Redis } from "../redis/bullmq_packages.ts";
import type { RedisAddress } from "../redis/redis_address.ts";
import { readRedisInfo } from "../redis/redis_info.ts";
import { refusal } from "../redis/redis_refusal.ts";
import { PROBE } from "./run_keys.ts";

const POLICY = "noeviction";

/**
 * Checks that a Redis can hold a queue: that it is a single server, accepts writes, has free memory, and evicts
 * nothing when it is full. Disconnects the client if it cannot.
 *
 * @returns What could not be checked, or null.
 * @throws {InputError} With the setting that must be changed.
 */
export async function checkRedis(client: Redis, address: RedisAddress): Promise<string | null> {
  const fail = (what: string) => new InputError(`Cannot use Redis at ${address.name}: ${what}`);
  try {
    const info = await readRedisInfo(client) ?? {};
    if (info.redis_mode === "cluster") throw fail("it must be one server, found a cluster");
    if (info.role === "slave") throw fail("it must be a primary that takes writes, found a replica");
    const policy = info.maxmemory_policy ?? await askForPolicy(client);
    if (policy !== null && policy !== POLICY) {
      throw fail(`it must keep what it was given; set maxmemory-policy ${POLICY}, found ${policy}`);
    }
    await tryToWrite(client);
    if (policy !== null) return null;
    const settings = `Cannot read the settings of Redis at ${address.name}`;
    return `${settings}: without maxmemory-policy ${POLICY}, trials may be lost.`;
  } catch (error) {
    client.disconnect();
    throw refusal(error, address);
  }
}

const WRITE = `redis.call("SET", KEYS[1], "")
redis.call("DEL", KEYS[1])`;

/** Writes a key and removes it, in one step; throws Redis's error if it refuses. */
export async function tryToWrite(client: Redis): Promise<void> {
  await client.eval(WRITE, 1, PROBE);
}

/** Reads the policy from CONFIG: some services omit it from INFO only. */
async function askForPolicy(client: Redis): Promise<string | null> {
  try {
    const [, policy = null] = await client.config(
      "GET",
      "maxmemory-policy",
    ) as readonly (string | undefined)[];
    return policy;
  } catch {
    return null;
  }
}
