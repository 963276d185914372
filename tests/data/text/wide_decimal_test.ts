import { assert, assertEquals } from "@std/assert";
import { nearestTo, POWERS_OF_TEN } from "../../../lib/data/text/wide_decimal.ts";
import { fc } from "../../properties/fast_check.ts";
import { settings } from "../../properties/settings.ts";

Deno.test("nearestTo() is the number that Number reads, or NaN next to the middle of two", () => {
  let undecided = 0;
  const lows = fc.integer({ min: 0, max: 7 }).chain((lowDigits) =>
    fc.record({
      high: fc.integer({ min: 1, max: 999_999_999_999_999 }),
      low: fc.nat({ max: POWERS_OF_TEN[lowDigits] - 1 }),
      lowDigits: fc.constant(lowDigits),
      scale: fc.integer({ min: 0, max: 22 }),
    })
  );
  const runs = 20_000;
  fc.assert(
    fc.property(lows, (decimal) => {
      const { high, low, lowDigits, scale } = decimal;
      const text = `${high}${lowDigits === 0 ? "" : String(low).padStart(lowDigits, "0")}e-${scale}`;
      const value = nearestTo(decimal);
      if (Number.isNaN(value)) undecided++;
      else assertEquals(value, Number(text), text);
    }),
    settings(runs),
  );
  assert(undecided < runs / 100, `${undecided} numbers were not decided`);
});

Deno.test("nearestTo() decides no exact middle of two numbers", () => {
  // 2^53 + 1 is between 2^53 and 2^53 + 2.
  assertEquals(nearestTo({ high: 900719925474099, low: 3, lowDigits: 1, scale: 0 }), NaN);
});
