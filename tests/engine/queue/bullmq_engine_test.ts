import { assertEquals } from "@std/assert";
import type { Engine } from "../../../lib/engine/engine.ts";
import { testEngine } from "../../contract/engine_suite.ts";
import { queueEngine, startWorker } from "./local_queue.ts";
import { startRedis } from "./redis_server.ts";

/** Returns the engine with a Redis and a worker of its own; however it ends, nothing is left in that Redis. */
function wholeQueue(): Engine {
  return async function* (trials, options) {
    await using redis = await startRedis();
    try {
      await using _worker = startWorker(redis, { workers: 2 });
      yield* queueEngine(redis)(trials, options);
    } finally {
      assertEquals(await redis.keys(), []);
    }
  };
}

testEngine("bullmqEngine()", wholeQueue, { needs: ["redis"] });
