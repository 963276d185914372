import type { Redis } from "./bullmq_packages.ts";
import { isRefusal } from "./redis_refusal.ts";

/** The fields of Redis's INFO, by name. */
export type RedisInfo = Readonly<Record<string, string | undefined>>;

/** Returns the INFO of a Redis, or null if its user may not read it, or a service has removed INFO. */
export async function readRedisInfo(client: Redis): Promise<RedisInfo | null> {
  try {
    const lines = (await client.info()).split(/\r?\n/);
    return Object.fromEntries(lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon), line.slice(colon + 1)];
    }));
  } catch (error) {
    const isForbidden = isRefusal(error) && /^NOPERM|unknown command/.test((error as Error).message);
    if (isForbidden) return null;
    throw error;
  }
}
