import { assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../../lib/core/check/errors.ts";
import { Complaints } from "../../../../lib/engine/queue/redis/complaints.ts";
import { readRedisUrl } from "../../../../lib/engine/queue/redis/redis_address.ts";

const redis = readRedisUrl("redis://someone:hush@localhost", { source: "--redis" });

/** An error as the library has it when Redis answers with one. */
function reply(message: string): Error {
  return Object.assign(new Error(message), { name: "ReplyError" });
}

const FULL = reply("OOM command not allowed. script: 0123456789abcdef, on @user_script:12.");

Deno.test("Complaints shows each complaint once, however often it comes, and the numbers at the end", () => {
  const told: string[] = [];
  {
    using complaints = new Complaints({ redis, onMessage: (text) => void told.push(text), patienceMs: 1e6 });
    for (let i = 0; i < 1000; i++) complaints.add(FULL);
    for (let i = 0; i < 3; i++) {
      complaints.add(new Error(`Missing lock for job 0123456789ab${i}. moveToFinished`));
    }
    complaints.add(reply("NOPERM User someone has no permissions"));
    // A connection that is away is none.
    complaints.add(new Error("Connection is closed."));
    complaints.add(Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }));
    assertEquals(told, [
      "The queue at localhost:6379 says: OOM command not allowed.",
      "The queue at localhost:6379 says: Missing lock for job 0123456789ab0. moveToFinished.",
      "The queue at localhost:6379 says: NOPERM User *** has no permissions.",
    ]);
  }
  assertEquals(told.slice(3), [
    "The queue said 1000 times: OOM command not allowed.",
    "The queue said 3 times: Missing lock for job #. moveToFinished.",
  ]);
});

Deno.test("Complaints gives up when Redis still refuses after a while, and nothing has worked", async () => {
  using complaints = new Complaints({ redis, onMessage: () => {}, patienceMs: 20 });
  complaints.add(FULL);
  const again = setInterval(() => complaints.add(FULL), 5);
  const error = await assertRejects(() => complaints.givenUp, InputError);
  clearInterval(again);
  assertEquals(
    error.message,
    "Cannot use Redis at localhost:6379: it must have memory for trials and their weights; raise maxmemory, with " +
      "maxmemory-policy noeviction, found OOM command not allowed",
  );
});

Deno.test("Complaints does not give up when something works in between, or when BullMQ alone complains", async () => {
  using complaints = new Complaints({ redis, onMessage: () => {}, patienceMs: 10 });
  let isGivenUp = false;
  complaints.givenUp.catch(() => isGivenUp = true);
  const rest = () => new Promise((resolve) => setTimeout(resolve, 30));
  for (let i = 0; i < 3; i++) {
    complaints.add(FULL);
    await rest();
    complaints.noteSuccess();
    complaints.add(new Error("Missing lock for job 1"));
    await rest();
  }
  assertEquals(isGivenUp, false);
});
