import { readRedisUrl, type RedisPlace } from "../../engine/queue/redis/redis_place.ts";

export type { RedisPlace };

/** Holds the URL of a Redis where the command line names none; there its password is out of sight. */
export const REDIS_VARIABLE = "SEEDBED_REDIS_URL";

/**
 * Returns the Redis that a flag names, or else the environment; undefined if neither does.
 *
 * @throws {InputError} If what it says is no URL of a Redis.
 */
export function redisPlace(
  flag: string | undefined,
  environment: (name: string) => string | undefined = (name) => Deno.env.get(name),
): RedisPlace | undefined {
  if (flag !== undefined) return readRedisUrl(flag, { source: "--redis" });
  const variable = environment(REDIS_VARIABLE);
  return variable ? readRedisUrl(variable, { source: REDIS_VARIABLE }) : undefined;
}

const THIS_MACHINE = ["localhost", "127.0.0.1", "[::1]"];

/** Returns what to say of a Redis that asks other machines for no password, or null if there is nothing to say. */
export function passwordAdvice({ url, name }: RedisPlace): string | null {
  const { password, hostname } = new URL(url);
  if (password !== "" || THIS_MACHINE.includes(hostname)) return null;
  return `Redis at ${name} is used without a password: whoever reaches it decides what is computed and what comes out.`;
}
