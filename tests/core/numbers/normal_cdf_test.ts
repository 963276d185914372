import { assert, assertEquals } from "@std/assert";
import { normalCdf, normalDensity } from "../../../lib/core/numbers/normal_cdf.ts";
import { openStream } from "../../../lib/core/numbers/random.ts";
import { assertNear, bigNormalCdf } from "./exact.ts";

Deno.test("normalCdf() has a relative error below 2^-50 for float32 from -13 on", () => {
  const stream = openStream("normal_cdf");
  for (let i = 0; i < 100_000; i++) {
    const x = Math.fround(i % 100 === 0 ? 26 * stream.uniform() - 13 : stream.normal() * 1.5);
    assertNear(normalCdf(x), bigNormalCdf(x), { bits: 50n, what: `normalCdf(${x})` });
  }
});

Deno.test("normalDensity() is the slope of normalCdf()", () => {
  const stream = openStream("normal_density");
  const step = 2 ** -12;
  for (let i = 0; i < 1000; i++) {
    const x = stream.normal() * 3;
    const slope = (normalCdf(x + step) - normalCdf(x - step)) / (2 * step);
    assert(
      Math.abs(normalDensity(x) - slope) < 1e-8,
      `normalDensity(${x}) is ${normalDensity(x)}, not ${slope}`,
    );
  }
});

const EXACT: readonly (readonly [x: number, cdf: number, density: number])[] = [
  [0, 0.5, 0.3989422804014327],
  [-0, 0.5, 0.3989422804014327],
  [40, 1, 0],
  [-40, 0, 0],
  [1e200, 1, 0],
  [-1e200, 0, 0],
  [Infinity, 1, 0],
  [-Infinity, 0, 0],
  [NaN, NaN, NaN],
];

for (const [x, cdf, density] of EXACT) {
  Deno.test(`normalCdf() is ${cdf} and normalDensity() ${density} at ${x}`, () => {
    assertEquals(normalCdf(x), cdf);
    assertEquals(normalDensity(x), density);
  });
}
