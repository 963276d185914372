import { assertEquals } from "@std/assert";
import { counted } from "../../../lib/core/text/counted.ts";

Deno.test("counted() writes the noun in the plural unless there is one", () => {
  assertEquals([0, 1, 2, 10_000].map((count) => counted(count, "trial")), [
    "0 trials",
    "1 trial",
    "2 trials",
    "10000 trials",
  ]);
});
