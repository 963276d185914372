import { assertAlmostEquals, assertEquals } from "@std/assert";
import { inverseNormal } from "../../../lib/core/numbers/inverse_normal.ts";

Deno.test("inverseNormal() gives the quantiles that Python gives, in the centre and in both tails", () => {
  // statistics.NormalDist().inv_cdf of Python 3, whose logarithm is the system's: the last digit may differ.
  const cases: readonly (readonly [probability: number, x: number])[] = [
    [0.5, 0],
    [0.75, 0.6744897501960817],
    [0.925, 1.4395314709384563],
    [0.975, 1.959963984540054],
    [0.999, 3.090232306167813],
    [1e-5, -4.264890793922825],
    [1e-10, -6.361340902404056],
    [1e-12, -7.034483825301131],
    [1e-20, -9.262340089798408],
    [1e-300, -37.0470962993612],
  ];
  for (const [probability, x] of cases) {
    assertAlmostEquals(inverseNormal(probability), x, 2e-15 * Math.abs(x));
  }
});

Deno.test("inverseNormal() is odd around a half, to the bit", () => {
  for (const probability of [0.25, 0.0625, 0.015625, 2 ** -20, 2 ** -40]) {
    assertEquals(inverseNormal(1 - probability), -inverseNormal(probability));
  }
});
