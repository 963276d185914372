import type { Engine } from "../../../lib/engine/engine.ts";
import { testEngine } from "../../contract/engine_suite.ts";
import { queueEngine, startWorker } from "./local_queue.ts";
import { startRedis } from "./redis_server.ts";

/** Returns the engine with a Redis and a worker of its own, which last as long as the iteration. */
function wholeQueue({ workers }: { readonly workers: number }): Engine {
  return async function* (trials, options) {
    await using redis = await startRedis();
    await using _worker = startWorker(redis, { workers });
    yield* queueEngine(redis)(trials, options);
  };
}

for (const workers of [1, 3]) testEngine(`bullmqEngine() with ${workers}`, () => wholeQueue({ workers }));
