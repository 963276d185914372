import { assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../../lib/core/check/errors.ts";
import { checkQueue } from "../../../../lib/engine/queue/bullmq.ts";
import { checkRedis } from "../../../../lib/engine/queue/channel/check_redis.ts";
import { loadBullmq } from "../../../../lib/engine/queue/redis/load_bullmq.ts";
import { openRedis } from "../../../../lib/engine/queue/redis/open_redis.ts";
import { readRedisUrl } from "../../../../lib/engine/queue/redis/redis_address.ts";
import { serveQueue } from "../../../../lib/engine/queue/worker/serve_queue.ts";
import { needing } from "../../../setup/needing.ts";
import { startRedis } from "../redis_server.ts";

interface BadRedis {
  readonly what: string;
  readonly flags: readonly string[];
  readonly message: string;
}

const RIGHTS =
  "its user must be allowed every command on keys that begin with seedbed: (ACL: ~seedbed:* &* +@all), found ";

const BAD: readonly BadRedis[] = [
  ...["allkeys-lru", "volatile-ttl"].map((policy) => ({
    what: `drops keys by ${policy}`,
    flags: ["--maxmemory", "50mb", "--maxmemory-policy", policy],
    message: `it must keep what it was given; set maxmemory-policy noeviction, found ${policy}`,
  })),
  {
    what: "is full",
    flags: ["--maxmemory", "100kb"],
    message:
      "it must have memory for trials and their weights; raise maxmemory, with maxmemory-policy noeviction, " +
      "found OOM command not allowed when used memory > 'maxmemory'",
  },
  {
    what: "is a cluster",
    flags: ["--cluster-enabled", "yes"],
    message: "it must be one server, found a cluster",
  },
  {
    what: "is a replica",
    flags: ["--replicaof", "127.0.0.1", "1"],
    message: "it must be a primary that takes writes, found a replica",
  },
  {
    what: "forbids scripts",
    flags: ["--user", ..."default on nopass ~* &* +@all -eval".split(" ")],
    message: `${RIGHTS}NOPERM this user has no permissions to run the 'eval' command`,
  },
  {
    what: "forbids the queue's keys",
    flags: ["--user", ..."default on nopass ~other:* &* +@all".split(" ")],
    message: `${RIGHTS}NOPERM this user has no permissions to access one of the keys used as arguments`,
  },
];

for (const { what, flags, message } of BAD) {
  Deno.test(
    needing("redis", `checkQueue() and serveQueue() throw when a Redis ${what}`),
    async () => {
      await using server = await startRedis(...flags);
      const redis = readRedisUrl(server.url, { source: "--redis" });
      const { signal } = new AbortController();
      const serve = { redis, workers: 1, name: "here", cacheDir: "/nowhere", signal, observe: () => {} };
      for (const use of [() => checkQueue(redis), () => serveQueue(serve)]) {
        const error = await assertRejects(use, InputError);
        assertEquals(error.message, `Cannot use Redis at 127.0.0.1:${server.port}: ${message}`);
      }
    },
  );
}

Deno.test(
  needing("redis", "checkRedis() says what it could not check when a user may not ask, and leaves nothing"),
  async () => {
    const rights: readonly (readonly [flag: string, isTold: boolean])[] = [
      ["default on nopass ~* &* +@all", false],
      ["default on nopass ~* &* +@all -info", false],
      ["default on nopass ~* &* +@all -info -config -client", true],
    ];
    for (const [flag, isTold] of rights) {
      await using server = await startRedis("--user", ...flag.split(" "));
      const redis = readRedisUrl(server.url, { source: "--redis" });
      const client = await openRedis(redis, await loadBullmq());
      const note =
        `Cannot read the settings of Redis at 127.0.0.1:${server.port}: without maxmemory-policy noeviction, trials ` +
        "may be lost.";
      assertEquals(await checkRedis(client, redis), isTold ? note : null);
      client.disconnect();
      assertEquals(await server.keys(), []);
    }
  },
);
