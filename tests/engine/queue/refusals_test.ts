import { assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { readRedisUrl } from "../../../lib/engine/queue/redis/redis_address.ts";
import { serveQueue } from "../../../lib/engine/queue/worker/serve_queue.ts";
import { needing } from "../../setup/needing.ts";
import { onQueue } from "./queue_sandbox.ts";

const FULL =
  "it must have memory for trials and their weights; raise maxmemory, with maxmemory-policy noeviction, found " +
  "OOM command not allowed when used memory > 'maxmemory'";

const FORBIDDEN = "NOPERM this user has no permissions to run the 'bzpopmin' command";

Deno.test(
  needing("redis", "serveQueue() says once what Redis refuses, and how often it did, and gives up"),
  onQueue(async ({ redis }) => {
    const told: string[] = [];
    const error = await assertRejects(() =>
      serveQueue({
        redis: readRedisUrl(redis.url, { source: "--redis" }),
        workers: 2,
        name: "here",
        cacheDir: "/nowhere",
        signal: new AbortController().signal,
        observe: ({ event }) => {
          if (event.type === "remark") told.push(event.message.replace(/\d+ times/, "N times"));
        },
        patienceMs: 500,
      }), InputError);
    assertEquals(
      error.message,
      `Cannot use Redis at 127.0.0.1:${redis.port}: its user must be allowed every command on keys that begin with ` +
        `seedbed: (ACL: ~seedbed:* &* +@all), found ${FORBIDDEN}`,
    );
    assertEquals(told, [
      `The queue at 127.0.0.1:${redis.port} reports: ${FORBIDDEN}.`,
      `The queue reported N times: ${FORBIDDEN}.`,
    ]);
  }, { flags: ["--user", ..."default on nopass ~* &* +@all -bzpopmin".split(" ")] }),
);

Deno.test(
  needing("redis", "bullmqEngine() and serveQueue() end when Redis is full in the middle of a run"),
  onQueue(async ({ redis, run }) => {
    const stop = new AbortController();
    const served = assertRejects(() =>
      serveQueue({
        redis: readRedisUrl(redis.url, { source: "--redis" }),
        workers: 1,
        name: "here",
        cacheDir: "/nowhere",
        signal: stop.signal,
        observe: () => {},
        patienceMs: 500,
        pauseMs: 100,
      }), InputError);
    let isFull = false;
    const fill = () => {
      if (isFull) return;
      isFull = true;
      void redis.ask("config", "set", "maxmemory", "100kb");
    };
    const error = await assertRejects(
      () => run({ disturb: (event) => event.type === "ended" && fill() }),
      InputError,
    );
    assertEquals(error.message, `Cannot use Redis at 127.0.0.1:${redis.port}: ${FULL}`);
    assertEquals((await served).message, error.message);
    await redis.ask("config", "set", "maxmemory", "0");
    await redis.ask("flushall");
  }),
);
