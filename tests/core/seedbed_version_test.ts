import { assertEquals } from "@std/assert";
import { SEEDBED_VERSION } from "../../lib/core/seedbed_version.ts";

Deno.test("SEEDBED_VERSION is that of deno.json", async () => {
  const { version } = JSON.parse(await Deno.readTextFile(new URL("../../deno.json", import.meta.url)));
  assertEquals(SEEDBED_VERSION, version);
});
