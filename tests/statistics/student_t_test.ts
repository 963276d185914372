import { assertEquals } from "@std/assert";
import { studentQuantile, studentTail } from "../../lib/statistics/student_t.ts";
import { assertClose } from "../golden/fixtures.ts";
import { FIXTURES } from "./statistics_fixtures.ts";

Deno.test("studentTail() gives the two-sided probabilities of scipy", () => {
  for (const { t, degrees, tail } of FIXTURES.student) {
    const found = studentTail(t, { degrees });
    const what = `tail of ${t} with ${degrees} degrees`;
    // A tail is far smaller than 1, so that the relative error is compared; the last ones are too small for a float64.
    if (tail === 0) assertEquals(found, 0, what);
    else assertClose([found / tail], [1], what);
    assertEquals(studentTail(-t, { degrees }), studentTail(t, { degrees }));
  }
});

Deno.test("studentTail() is 1 at 0, 0 at infinity and NaN for NaN", () => {
  assertEquals([0, Infinity, -Infinity, NaN].map((t) => studentTail(t, { degrees: 4 })), [1, 0, 0, NaN]);
});

Deno.test("studentQuantile() gives the quantiles of scipy", () => {
  for (const { degrees, tail, quantile } of FIXTURES.quantiles) {
    assertClose([studentQuantile({ degrees, tail })], [quantile], `quantile of ${tail}, ${degrees} degrees`);
  }
});
