import { wilsonInterval } from "../../lib/statistics/wilson_interval.ts";
import { assertClose } from "../golden/fixtures.ts";
import { FIXTURES } from "./statistics_fixtures.ts";

Deno.test("wilsonInterval() gives the intervals of statsmodels", () => {
  for (const { count, rows, low, high } of FIXTURES.wilson) {
    const found = wilsonInterval({ count, rows });
    assertClose([found.low, found.high], [low, high], `${count} of ${rows}`);
  }
});
