import { assertEquals } from "@std/assert";
import { MOST_DIMENSIONS, sobolValues } from "../../../lib/experiment/points/sobol.ts";
import { readFixtures } from "../../golden/fixtures.ts";

interface SobolFixtures {
  readonly dimensions: readonly number[];
  readonly points: readonly (readonly number[])[];
}

Deno.test("sobolValues() is what scipy computes, in each dimension", async () => {
  const { dimensions, points } = await readFixtures<SobolFixtures>("sobol");
  assertEquals(dimensions.at(-1), MOST_DIMENSIONS - 1);
  for (const [index, dimension] of dimensions.entries()) {
    assertEquals(
      [...sobolValues(points.length, { dimension })],
      points.map((point) => point[index]),
    );
  }
});

Deno.test("sobolValues() has one value in each of 2^n equal parts, and more values begin with the same ones", () => {
  for (let dimension = 0; dimension < MOST_DIMENSIONS; dimension++) {
    const values = sobolValues(256, { dimension });
    assertEquals(new Set(Array.from(values, (value) => value >>> 24)).size, 256);
    assertEquals([...sobolValues(100, { dimension })], [...values.subarray(0, 100)]);
  }
});
