import { assertEquals } from "@std/assert";
import { signedGain } from "../../../lib/report/trend/signed_gain.ts";

Deno.test("signedGain() has as many decimals as show the gain", () => {
  const cases = [
    [0.125, "+12.50"],
    [-0.125, "−12.50"],
    [0.00001, "+0.001"],
    [-1 / 30_000, "−0.003"],
    [1e-12, "+0.00000000"],
    [0, "0"],
  ] as const;
  for (const [gain, text] of cases) assertEquals(signedGain(gain), text);
});
