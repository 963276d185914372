import type { Engine } from "../../../lib/engine/engine.ts";
import { bullmqEngine, type BullmqOptions, withdraw } from "../../../lib/engine/queue/bullmq.ts";
import { readRedisUrl } from "../../../lib/engine/queue/redis/redis_address.ts";
import { type ServeOptions, serveQueue } from "../../../lib/engine/queue/worker/serve_queue.ts";
import type { RedisServer } from "./redis_server.ts";

/** A worker of the queue on this thread, until it is disposed of. */
export function startWorker(
  { url }: Pick<RedisServer, "url">,
  options: Partial<ServeOptions> = {},
): AsyncDisposable {
  const stop = new AbortController();
  const served = serveQueue({
    redis: readRedisUrl(url, { source: "--redis" }),
    workers: 1,
    name: "here",
    cacheDir: `${Deno.env.get("TMPDIR") ?? "/tmp"}/seedbed_no_cache`,
    observe: () => {},
    ...options,
    signal: stop.signal,
  });
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await served;
    },
  };
}

/** Returns the engine that hands trials to a Redis, as a run of its own, which is withdrawn as the runner does. */
export function queueEngine(
  { url }: Pick<RedisServer, "url">,
  options: Partial<BullmqOptions> = {},
): Engine {
  const redis = readRedisUrl(url, { source: "--redis" });
  const { run = crypto.randomUUID() } = options;
  return async function* (trials, engineOptions) {
    try {
      yield* bullmqEngine({ ...options, redis, run })(trials, engineOptions);
    } finally {
      await withdraw(run, { redis });
    }
  };
}
