import { assertEquals } from "@std/assert";
import { extent } from "../../../lib/core/numbers/extent.ts";

Deno.test("extent() finds the lowest and the highest of more numbers than a call takes", () => {
  const values = Array.from({ length: 300_000 }, (_, index) => index);
  assertEquals(extent(values), [0, 299_999]);
  assertEquals(extent([]), [Infinity, -Infinity]);
});
