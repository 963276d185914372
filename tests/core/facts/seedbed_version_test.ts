import { assertEquals } from "@std/assert";
import { SEEDBED_VERSION } from "../../../lib/core/facts/seedbed_version.ts";

const ROOT = new URL("../../../", import.meta.url);

Deno.test("SEEDBED_VERSION is that of deno.json", async () => {
  const { version } = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT)));
  assertEquals(SEEDBED_VERSION, version);
});

Deno.test("SEEDBED_VERSION is the newest one in CHANGELOG.md", async () => {
  const changelog = await Deno.readTextFile(new URL("CHANGELOG.md", ROOT));
  const [first, newest] = [...changelog.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
  assertEquals(first, "Unreleased");
  assertEquals(newest.split(" - ")[0], SEEDBED_VERSION);
});
