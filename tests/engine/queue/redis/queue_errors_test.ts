import { assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../../lib/core/check/errors.ts";
import { QueueErrors } from "../../../../lib/engine/queue/redis/queue_errors.ts";
import { readRedisUrl } from "../../../../lib/engine/queue/redis/redis_address.ts";
import { fakeTimers } from "../../../helpers/fake_timers.ts";

const redis = readRedisUrl("redis://someone:hush@localhost", { source: "--redis" });

/** An error as the library has it when Redis answers with one. */
function reply(message: string): Error {
  return Object.assign(new Error(message), { name: "ReplyError" });
}

const FULL = reply("OOM command not allowed. script: 0123456789abcdef, on @user_script:12.");

Deno.test("QueueErrors shows each error once, however often it occurs, and the counts at the end", () => {
  const told: string[] = [];
  {
    using queueErrors = new QueueErrors({
      redis,
      onMessage: (text) => void told.push(text),
      patienceMs: 1e6,
    });
    for (let i = 0; i < 1000; i++) queueErrors.add(FULL);
    for (let i = 0; i < 3; i++) {
      queueErrors.add(new Error(`Missing lock for job 0123456789ab${i}. moveToFinished`));
    }
    queueErrors.add(reply("NOPERM User someone has no permissions"));
    // A connection that is away is none.
    queueErrors.add(new Error("Connection is closed."));
    queueErrors.add(Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }));
    assertEquals(told, [
      "The queue at localhost:6379 reports: OOM command not allowed.",
      "The queue at localhost:6379 reports: Missing lock for job 0123456789ab0. moveToFinished.",
      "The queue at localhost:6379 reports: NOPERM User *** has no permissions.",
    ]);
  }
  assertEquals(told.slice(3), [
    "The queue reported 1000 times: OOM command not allowed.",
    "The queue reported 3 times: Missing lock for job #. moveToFinished.",
  ]);
});

const PATIENCE_MS = 1000;

Deno.test("QueueErrors gives up when Redis still refuses after a while, and nothing has worked", async () => {
  using timers = fakeTimers();
  using queueErrors = new QueueErrors({ redis, onMessage: () => {}, patienceMs: PATIENCE_MS });
  queueErrors.add(FULL);
  timers.advance(PATIENCE_MS);
  queueErrors.add(FULL);
  const error = await assertRejects(() => queueErrors.givenUp, InputError);
  assertEquals(
    error.message,
    "Cannot use Redis at localhost:6379: it must have memory for trials and their weights; raise maxmemory, with " +
      "maxmemory-policy noeviction, found OOM command not allowed",
  );
});

Deno.test("QueueErrors does not give up when something works in between, or when only BullMQ has errors", async () => {
  using timers = fakeTimers();
  using queueErrors = new QueueErrors({ redis, onMessage: () => {}, patienceMs: PATIENCE_MS });
  let isGivenUp = false;
  queueErrors.givenUp.catch(() => isGivenUp = true);
  for (let i = 0; i < 3; i++) {
    queueErrors.add(FULL);
    timers.advance(PATIENCE_MS - 1);
    queueErrors.add(FULL);
    queueErrors.noteSuccess();
    timers.advance(PATIENCE_MS);
    queueErrors.add(new Error("Missing lock for job 1"));
    timers.advance(PATIENCE_MS);
  }
  await Promise.resolve();
  assertEquals(isGivenUp, false);
});

Deno.test("QueueErrors counts a long pause without errors as a success", async () => {
  using timers = fakeTimers();
  using queueErrors = new QueueErrors({ redis, onMessage: () => {}, patienceMs: PATIENCE_MS });
  let isGivenUp = false;
  queueErrors.givenUp.catch(() => isGivenUp = true);
  queueErrors.add(FULL);
  timers.advance(4 * PATIENCE_MS);
  queueErrors.add(FULL);
  await Promise.resolve();
  assertEquals(isGivenUp, false);
});
