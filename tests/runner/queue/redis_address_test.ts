import { assertEquals } from "@std/assert";
import { readRedisUrl } from "../../../lib/engine/queue/redis/redis_address.ts";
import { passwordAdvice } from "../../../lib/runner/queue/redis_address.ts";

Deno.test("passwordAdvice() warns of a Redis on another machine that asks for no password", () => {
  const cases: readonly (readonly [string, string | null])[] = [
    ["redis://localhost:7000", null],
    ["redis://[::1]", null],
    ["rediss://:hush@queue.example.org", null],
    [
      "rediss://queue.example.org",
      "Redis at queue.example.org:6379 is used without a password: anyone who can reach it can change trials " +
      "and results.",
    ],
  ];
  for (const [url, advice] of cases) {
    assertEquals(passwordAdvice(readRedisUrl(url, { source: "--redis" })), advice);
  }
});
