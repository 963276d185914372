import { assertEquals } from "@std/assert";
import { sparkline } from "../../../lib/report/trend/sparkline.ts";

Deno.test("sparkline() draws values between the lowest and the highest, and a space where there is none", () => {
  const cases: readonly (readonly [readonly (number | null)[], number, string])[] = [
    [[0, 0.25, null, 0.5, 1], 60, "▁▃ ▅█"],
    [[0.5, 0.5], 60, "▅▅"],
    [[null], 60, " "],
    [[], 60, ""],
    // The last value is always shown.
    [[0, 0, 0, 1], 2, "▁█"],
    [[0, 0, 1], 1, "▅"],
  ];
  for (const [values, most, text] of cases) assertEquals(sparkline(values, { most }), text);
});
