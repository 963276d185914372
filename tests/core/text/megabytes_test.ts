import { assertEquals } from "@std/assert";
import { megabytes } from "../../../lib/core/text/megabytes.ts";

Deno.test("megabytes() rounds up", () => {
  assertEquals([0, 1, 1e6, 1e6 + 1].map(megabytes), ["0 MB", "1 MB", "1 MB", "2 MB"]);
});
