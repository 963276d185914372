import { assertEquals, assertStringIncludes } from "@std/assert";
import type { EngineEvent } from "../../../../lib/engine/engine.ts";
import { openQueue, type QueueConnection } from "../../../../lib/engine/queue/channel/queue_connection.ts";
import type { RunChannel } from "../../../../lib/engine/queue/channel/run_channel.ts";
import { loadBullmq } from "../../../../lib/engine/queue/redis/load_bullmq.ts";
import { readRedisUrl } from "../../../../lib/engine/queue/redis/redis_address.ts";
import type { Checkpoint } from "../../../../lib/experiment/trial/run_trial.ts";
import { needing } from "../../../setup/needing.ts";
import { readSources } from "../../../tidy/sources.ts";
import { type RedisServer, startRedis } from "../redis_server.ts";

const TRIAL = "0123456789abcdef";
const STARTED: EngineEvent["event"] = { type: "started", trial: TRIAL };
const REPORT = { event: STARTED, worker: "here", slot: 3 };

const CHECKPOINT: Checkpoint = {
  epoch: 2,
  learningRate: 0.1,
  weights: Uint8Array.of(1, 2),
  optimizer: Uint8Array.of(3),
  bestEpoch: 1,
  bestValidationAccuracy: 0.5,
  bestWeights: Uint8Array.of(4),
};

interface OnRedis {
  readonly redis: RedisServer;
  readonly queue: QueueConnection;
  readonly channel: RunChannel;
}

/** Runs a test with the channel of a run on a Redis of its own, which must be empty once the run is withdrawn. */
function onChannel(test: (on: OnRedis) => Promise<void>): () => Promise<void> {
  return async () => {
    await using redis = await startRedis();
    const libraries = await loadBullmq();
    await using queue = await openQueue(readRedisUrl(redis.url, { source: "--redis" }), { libraries });
    const channel = queue.channel("own");
    await test({ redis, queue, channel });
    channel.close();
    assertEquals(await queue.withdraw("own"), true);
    assertEquals(await redis.keys(), []);
  };
}

Deno.test(
  needing("redis", "RunChannel.send() adds nothing when nobody waits for the run, and says so as ask() does"),
  onChannel(async ({ redis, channel }) => {
    const isKept = async () => [await channel.checkpointInterval(TRIAL), await channel.send(TRIAL, [REPORT])];
    assertEquals(await isKept(), [null, null]);
    await channel.open();
    await channel.requestCheckpoints(TRIAL, 5);
    assertEquals(await isKept(), [5, 5]);
    await channel.remove();
    assertEquals(await isKept(), [null, null]);
    assertEquals(await redis.keys(), []);
  }),
);

Deno.test(
  needing("redis", "RunChannel.read() returns what send() was given, in its order, waiting for it or not"),
  onChannel(async ({ channel }) => {
    await channel.open();
    const [{ id, report }] = await channel.read({ after: "0-0", waitMs: 0 });
    assertEquals(report, null);
    assertEquals(await channel.read({ after: id, waitMs: 0 }), []);
    const waiting = channel.read({ after: id, waitMs: 10_000 });
    const epoch = { type: "failed", trial: TRIAL, reason: "none" } as const;
    const sent = [REPORT, { ...REPORT, event: epoch, weights: Uint8Array.of(9), checkpoint: CHECKPOINT }];
    await channel.send(TRIAL, sent);
    for (const found of [await waiting, await channel.read({ after: id, waitMs: 0 })]) {
      assertEquals(found.map((entry) => entry.report), sent);
    }
    assertEquals(await channel.checkpoint(TRIAL), CHECKPOINT);
  }),
);

Deno.test(
  needing("redis", "RunChannel.send() writes the slot under the name that workers of version 0.1.0 use"),
  onChannel(async ({ redis, channel }) => {
    await channel.open();
    await channel.send(TRIAL, [REPORT]);
    const [stream] = (await redis.keys()).filter((key) => key.endsWith(":reports"));
    assertStringIncludes(await redis.ask("xrange", stream, "-", "+"), '"seat":3');
  }),
);

Deno.test(
  needing(
    "redis",
    "RunChannel.offerCheckpoint() keeps the one that a worker left, and release() removes both",
  ),
  onChannel(async ({ channel }) => {
    await channel.open();
    await channel.offerCheckpoint(TRIAL, { ...CHECKPOINT, epoch: 3 });
    await channel.offerCheckpoint(TRIAL, CHECKPOINT);
    await channel.requestCheckpoints(TRIAL, 1);
    assertEquals((await channel.checkpoint(TRIAL))?.epoch, 3);
    await channel.send(TRIAL, [REPORT, REPORT]);
    const [, first] = await channel.read({ after: "0-0", waitMs: 0 });
    await channel.release([TRIAL], { through: first.id });
    assertEquals([await channel.checkpoint(TRIAL), await channel.checkpointInterval(TRIAL)], [null, 0]);
    assertEquals((await channel.read({ after: "0-0", waitMs: 0 })).length, 1);
  }),
);

Deno.test(
  needing("redis", "RunChannel lets every key of a run expire, and keys of one run alone are removed"),
  onChannel(async ({ redis, queue, channel }) => {
    const other = queue.channel("other");
    await other.open();
    await channel.keepData(new Map([["a.csv", Uint8Array.of(1)], ["b.csv", Uint8Array.of(2)]]));
    await channel.open();
    await channel.offerCheckpoint(TRIAL, CHECKPOINT);
    await channel.requestCheckpoints(TRIAL, 1);
    await channel.renew();
    const keys = await redis.keys();
    assertEquals(keys.length, 5);
    for (const key of keys) assertEquals(Number(await redis.ask("ttl", key)) > 600_000, true, key);
    assertEquals([...(await channel.data("b.csv"))!], [2]);
    assertEquals(await channel.data("c.csv"), null);
    await channel.remove();
    assertEquals(await redis.keys(), ["seedbed:run:other:reports"]);
    await other.remove();
  }),
);

Deno.test("the clients of Redis are used in lib/engine/queue/redis and lib/engine/queue/channel alone", () => {
  const packages = "lib/engine/queue/redis/bullmq_packages.ts";
  const users = readSources("lib").filter(({ imports }) => imports.some(({ path }) => path === packages));
  const folders = users.map(({ path }) => path.slice(0, path.lastIndexOf("/")));
  assertEquals([...new Set(folders)].sort(), ["lib/engine/queue/channel", "lib/engine/queue/redis"]);
});
