import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { InputError } from "../../../../lib/core/check/errors.ts";
import { loadBullmq } from "../../../../lib/engine/queue/redis/load_bullmq.ts";
import { openRedis } from "../../../../lib/engine/queue/redis/open_redis.ts";
import { readRedisUrl, withoutCredentials } from "../../../../lib/engine/queue/redis/redis_address.ts";
import { needing } from "../../../setup/needing.ts";
import { freePort, startRedis } from "../redis_server.ts";

const source = "--redis";

Deno.test("readRedisUrl() names host and port, and nothing else of the URL", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["redis://localhost", "localhost:6379"],
    ["redis://:hush@queue.example.org:7000/2", "queue.example.org:7000"],
    ["rediss://someone:hush@10.0.0.1", "10.0.0.1:6379"],
    ["redis://[::1]:7000", "[::1]:7000"],
  ];
  for (const [text, name] of cases) assertEquals(readRedisUrl(text, { source }), { url: text, name });
});

Deno.test("readRedisUrl() throws when a text is no URL of a Redis, and shows no part of it that may be secret", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["someone:hush@localhost", "no URL"],
    ["localhost", "no URL"],
    ["http://:hush@localhost", "the protocol http:"],
    ["redis://", "no host"],
    ["redis://localhost/hush", "a database that is no number"],
    ["redis://localhost/1/2", "a database that is no number"],
    ["redis://localhost/-1", "a database that is no number"],
    ["redis://localhost/1e2", "a database that is no number"],
    ["redis://localhost/12345678901", "a database that is no number"],
  ];
  for (const [text, found] of cases) {
    const error = assertThrows(() => readRedisUrl(text, { source }), InputError);
    assertEquals(
      error.message,
      `Cannot read --redis: it must be redis://HOST:PORT or redis://HOST:PORT/DATABASE, or rediss: for TLS, found ` +
        found,
    );
  }
});

Deno.test("withoutCredentials() takes user and password out of a message, encoded or not", () => {
  const address = readRedisUrl("redis://someone:hu%20sh@localhost", { source });
  assertEquals(
    withoutCredentials("AUTH someone hu sh at redis://someone:hu%20sh@localhost", address),
    "AUTH *** *** at redis://***:***@localhost",
  );
});

async function problemOf(url: string): Promise<InputError> {
  return await assertRejects(
    async () => await openRedis(readRedisUrl(url, { source }), await loadBullmq()),
    InputError,
  );
}

Deno.test("openRedis() throws when nobody answers", async () => {
  const port = freePort();
  const { message } = await problemOf(`redis://:hush@127.0.0.1:${port}`);
  assertEquals(
    message,
    `Cannot reach Redis at 127.0.0.1:${port}: --redis or SEEDBED_REDIS_URL must name one that answers, found ` +
      `connect ECONNREFUSED 127.0.0.1:${port}`,
  );
});

Deno.test(
  needing(
    "redis",
    "openRedis() throws when a password is missing or wrong, and shows neither it nor what was sent",
  ),
  async () => {
    await using redis = await startRedis("--requirepass", "right");
    for (const [credentials, found] of [["", "NOAUTH"], [":hush@", "WRONGPASS"], ["me:hush@", "WRONGPASS"]]) {
      const error = await problemOf(`redis://${credentials}127.0.0.1:${redis.port}`);
      assertEquals(
        error.message,
        `Cannot use Redis at 127.0.0.1:${redis.port}: --redis or SEEDBED_REDIS_URL must hold its user and password, ` +
          `found ${found}`,
      );
      assertEquals([error.cause, Deno.inspect(error).includes("hush")], [undefined, false]);
    }
  },
);

Deno.test(needing("redis", "openRedis() throws when the database of the URL is not there"), async () => {
  await using redis = await startRedis();
  const { message } = await problemOf(`${redis.url}/99`);
  assertEquals(
    message,
    `Cannot use Redis at 127.0.0.1:${redis.port}: --redis or SEEDBED_REDIS_URL must name a database that ` +
      "exists, found ERR DB index is out of range",
  );
});

/** Runs a test with a server that answers what anybody says with one text, as one that is no Redis may do. */
async function withOther(answer: string, test: (port: number) => Promise<void>): Promise<void> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  const serving = (async () => {
    for await (const connection of listener) {
      await connection.write(new TextEncoder().encode(answer));
      // Whoever it is may be gone by now.
      await connection.readable.pipeTo(new WritableStream()).catch(() => {});
    }
  })();
  await test(port);
  listener.close();
  await serving.catch(() => {});
}

Deno.test("openRedis() throws when something answers that is no Redis", async () => {
  for (const answer of ["SSH-2.0-OpenSSH_9\r\n", "HTTP/1.1 400 Bad Request\r\n\r\n"]) {
    await withOther(answer, async (port) => {
      const { message } = await problemOf(`redis://127.0.0.1:${port}`);
      const type = answer.charCodeAt(0);
      assertEquals(
        message,
        `Cannot reach Redis at 127.0.0.1:${port}: --redis or SEEDBED_REDIS_URL must name one that answers, found ` +
          `Unknown RESP type ${type} "${answer[0]}". Please report this`,
      );
    });
  }
});
