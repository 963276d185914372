import { assertEquals } from "@std/assert";
import { guard, SECURITY_HEADERS } from "../../../lib/dashboard/http/guard.ts";

const OPTIONS = { token: "a1b2", port: 8737 };
const HOST = "127.0.0.1:8737";

interface Asked {
  readonly path: string;
  readonly host?: string;
  readonly method?: string;
}

function ask({ path, host = HOST, method = "GET" }: Asked): ReturnType<typeof guard> {
  return guard(new Request(`http://${HOST}${path}`, { method, headers: { host } }), OPTIONS);
}

const NO_TOKEN = "Cannot answer: the address must have the token that the command printed.\n";
const NO_HOST = "Cannot answer: the host must be 127.0.0.1 or localhost.\n";
const NO_METHOD = "Cannot answer: the dashboard is read-only.\n";

const REFUSED: readonly (readonly [asked: Asked, status: number, text: string])[] = [
  [{ path: "/" }, 404, NO_TOKEN],
  [{ path: "/a1b3/" }, 404, NO_TOKEN],
  [{ path: "/a1b2c/" }, 404, NO_TOKEN],
  [{ path: "/A1B2/" }, 404, NO_TOKEN],
  [{ path: "//a1b2/" }, 404, NO_TOKEN],
  [{ path: "/a1b2/", host: "evil.example:8737" }, 403, NO_HOST],
  [{ path: "/a1b2/", host: "127.0.0.1" }, 403, NO_HOST],
  [{ path: "/a1b2/", host: "127.0.0.1:8738" }, 403, NO_HOST],
  [{ path: "/a1b2/", host: "127.0.0.1:8737.evil.example" }, 403, NO_HOST],
  ...["POST", "PUT", "DELETE", "PATCH", "OPTIONS"].map((method) =>
    [{ path: "/a1b2/", method }, 405, NO_METHOD] as const
  ),
];

for (const [asked, status, text] of REFUSED) {
  Deno.test(`guard() refuses ${JSON.stringify(asked)} with ${status}`, async () => {
    const answer = ask(asked) as Response;
    assertEquals(answer.status, status);
    assertEquals(await answer.text(), text);
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      assertEquals(answer.headers.get(name), value);
    }
    assertEquals(answer.headers.get("allow"), status === 405 ? "GET, HEAD" : null);
  });
}

Deno.test("guard() sends an address without its last slash on to the one with it", () => {
  const answer = ask({ path: "/a1b2" }) as Response;
  assertEquals([answer.status, answer.headers.get("location")], [308, "/a1b2/"]);
});

Deno.test("guard() lets in what reads and knows the token, and passes path and query on", () => {
  for (const host of [HOST, "localhost:8737"]) {
    const found = ask({ path: "/a1b2/experiment/blobs?text=a%20b", host, method: "HEAD" });
    assertEquals("path" in found && [found.path, found.query.get("text")], ["experiment/blobs", "a b"]);
  }
});
