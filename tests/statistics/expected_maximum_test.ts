import { expectedMaximum } from "../../lib/statistics/expected_maximum.ts";
import { assertClose } from "../golden/fixtures.ts";
import { FIXTURES } from "./statistics_fixtures.ts";

Deno.test("expectedMaximum() gives the integrals of scipy", () => {
  for (const { k, maximum } of FIXTURES.maxima) assertClose([expectedMaximum(k)], [maximum], `of ${k}`);
});
