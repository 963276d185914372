import { assertEquals, assertStringIncludes } from "@std/assert";
import { type Engine, isTrialEvent } from "../../../lib/engine/engine.ts";
import { bullmqEngine, withdraw } from "../../../lib/engine/queue/bullmq.ts";
import { runKeys } from "../../../lib/engine/queue/channel/run_keys.ts";
import { readRedisUrl } from "../../../lib/engine/queue/redis/redis_address.ts";
import { collect, testEngine, trialData, TRIALS } from "../../contract/engine_suite.ts";
import { needing } from "../../setup/needing.ts";
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

Deno.test(needing("redis", "bullmqEngine() leaves what was reported in Redis until it is kept"), async () => {
  await using redis = await startRedis();
  await using _worker = startWorker(redis);
  const run = crypto.randomUUID();
  const waiting = new Set<string>();
  const kept = async () => {
    const reports = await redis.ask("xrange", runKeys(run).reports, "-", "+");
    for (const trial of waiting) assertStringIncludes(reports, trial);
    waiting.clear();
  };
  const options = { datasets: await trialData(), signal: new AbortController().signal, kept };
  let ended = 0;
  for await (const { event } of queueEngine(redis, { run })(TRIALS, options)) {
    if (!isTrialEvent(event) || event.type === "epoch") continue;
    ended += 1;
    waiting.add(event.trial);
  }
  assertEquals([ended, waiting.size], [TRIALS.length, 0]);
});

Deno.test(
  needing("redis", "bullmqEngine() leaves its run in Redis when it ends, and withdraw() removes all of it"),
  async () => {
    await using server = await startRedis();
    const redis = readRedisUrl(server.url, { source: "--redis" });
    {
      await using _worker = startWorker(server);
      await collect(bullmqEngine({ redis, run: "named" }), { trials: TRIALS.slice(0, 1) });
    }
    assertEquals(await server.keys(), [runKeys("named").reports]);
    assertEquals(await withdraw("named", { redis }), true);
    assertEquals(await server.keys(), []);
  },
);
