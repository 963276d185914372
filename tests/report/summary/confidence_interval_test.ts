import { assertAlmostEquals, assertEquals } from "@std/assert";
import { confidenceInterval } from "../../../lib/report/summary/confidence_interval.ts";

Deno.test("confidenceInterval() is that of Student's t", () => {
  // From the usual tables: t(0.975) is 12.706, 2.262, 2.228, 2.201, 2.042 and 1.984 at 1, 9, 10, 11, 30 and 100.
  const quantiles = [[1, 12.7062], [9, 2.26216], [10, 2.22814], [11, 2.20099], [30, 2.04227], [100, 1.98397]];
  for (const [degrees, quantile] of quantiles) {
    // As many +1 as -1, and a 0 if their number is odd: the mean is 0.
    const n = degrees + 1;
    const values = Array.from({ length: n }, (_, i) => i < n - n % 2 ? (i % 2 === 0 ? 1 : -1) : 0);
    const deviation = Math.sqrt((n - n % 2) / degrees);
    const interval = confidenceInterval(values)!;
    assertEquals(interval.mean, 0);
    assertAlmostEquals(interval.halfWidth!, (quantile * deviation) / Math.sqrt(n), 1e-4);
  }
  assertEquals(confidenceInterval([0.5]), { mean: 0.5, halfWidth: null });
  assertEquals(confidenceInterval([]), null);
});
