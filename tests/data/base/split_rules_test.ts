import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { checkLimits } from "../../../lib/data/base/split_rules.ts";

Deno.test("checkLimits() lets a split take all rows, and no more", () => {
  const limits = { train: 10, test: 5 };
  checkLimits({ train: 8, validation: 2, test: 5 }, limits);
  const cases = [
    [{ train: 8, validation: 3, test: 5 }, "data.train + data.validation must be at most 10, found 11"],
    [{ train: 8, validation: 2, test: 6 }, "data.test must be at most 5, found 6"],
  ] as const;
  for (const [sizes, message] of cases) {
    const error = assertThrows(() => checkLimits(sizes, limits), InputError);
    assertEquals(error.message, `Cannot use data: ${message}`);
  }
});
