import { assertEquals } from "@std/assert";
import { holm } from "../../lib/statistics/holm.ts";
import { assertClose } from "../golden/fixtures.ts";
import { FIXTURES } from "./statistics_fixtures.ts";

Deno.test("holm() gives the adjusted p-values of statsmodels", () => {
  for (const { p, adjusted } of FIXTURES.holm) assertClose(holm(p), adjusted, p.join(" "));
});

Deno.test("holm() gives nothing for no p-values", () => {
  assertEquals(holm([]), []);
});
