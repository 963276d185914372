import { assertEquals } from "@std/assert";
import { heldOut } from "../../lib/statistics/held_out.ts";

Deno.test("heldOut() is the share of rows that each of the folds holds out, over those that it trains on", () => {
  assertEquals(heldOut({ folds: 2 }), { heldOutRatio: 1 });
  assertEquals(heldOut({ folds: 5 }), { heldOutRatio: 0.25 });
  assertEquals(heldOut({}), {});
});
