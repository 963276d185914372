import { readRedisUrl, type RedisAddress } from "../../engine/queue/redis/redis_address.ts";

export type { RedisAddress };

/**
 * The environment variable for the URL of a Redis; unlike a flag, it does not show a password in the list of
 * processes.
 */
export const REDIS_VARIABLE = "SEEDBED_REDIS_URL";

/**
 * Returns the Redis of a flag, or else of the environment variable; undefined if neither is set.
 *
 * @throws {InputError} If the text is not the URL of a Redis.
 */
export function findRedisAddress(
  flag: string | undefined,
  environment: (name: string) => string | undefined = (name) => Deno.env.get(name),
): RedisAddress | undefined {
  if (flag !== undefined) return readRedisUrl(flag, { source: "--redis" });
  const variable = environment(REDIS_VARIABLE);
  return variable ? readRedisUrl(variable, { source: REDIS_VARIABLE }) : undefined;
}

const THIS_MACHINE = ["localhost", "127.0.0.1", "[::1]"];

/** Returns a warning about a Redis on another machine without a password, or null. */
export function passwordAdvice({ url, name }: RedisAddress): string | null {
  const { password, hostname } = new URL(url);
  if (password !== "" || THIS_MACHINE.includes(hostname)) return null;
  return `Redis at ${name} is used without a password: anyone who can reach it can change trials and results.`;
}
