import { assertEquals, assertThrows } from "@std/assert";
import { COMMANDS } from "../../../lib/cli/args/commands.ts";
import { findCommand, parseCommand } from "../../../lib/cli/args/parse_command.ts";
import { readQueue, readRedis } from "../../../lib/cli/args/queue_flags.ts";
import { InputError } from "../../../lib/core/check/errors.ts";

const lineOf = (...args: readonly string[]) => parseCommand(findCommand(COMMANDS, "run"), args);

Deno.test("readQueue() is the Redis of --engine bullmq, and undefined without that engine", () => {
  const redis = ["--redis", "redis://queue.org:77/3"];
  assertEquals(readQueue(lineOf("--engine", "bullmq", ...redis))?.name, "queue.org:77");
  assertEquals(readQueue(lineOf()), undefined);
  assertEquals(readQueue(lineOf("--engine", "workers")), undefined);
});

Deno.test("readQueue() refuses kernels that other machines may not have", () => {
  const line = lineOf("--engine", "bullmq", "--redis", "redis://queue.org", "--kernels", "native");
  assertEquals(
    assertThrows(() => readQueue(line), InputError).message,
    "Cannot use --kernels native: with --engine bullmq other machines compute, which may have another processor",
  );
});

Deno.test("readRedis() takes the Redis of the environment where no flag names one, and throws without both", () => {
  try {
    Deno.env.set("SEEDBED_REDIS_URL", "redis://other.org");
    assertEquals(readRedis(lineOf(), { action: "serve a queue" }).name, "other.org:6379");
    assertEquals(
      readRedis(lineOf("--redis", "redis://queue.org"), { action: "serve a queue" }).name,
      "queue.org:6379",
    );
  } finally {
    Deno.env.delete("SEEDBED_REDIS_URL");
  }
  assertEquals(
    assertThrows(() => readRedis(lineOf(), { action: "serve a queue" }), InputError).message,
    "Cannot serve a queue: --redis or SEEDBED_REDIS_URL must name a Redis",
  );
});
