import { assertEquals } from "@std/assert";
import { countSubnormal } from "./programs/count_subnormal.ts";

Deno.test("countSubnormal() counts what is below the smallest normal number of each dtype", () => {
  const float32 = Float32Array.of(0, -0, 1, 2 ** -126, 2 ** -127, -(2 ** -149));
  const float64 = Float64Array.of(0, 2 ** -149, 2 ** -1022, 2 ** -1074);
  assertEquals(countSubnormal([float32]), 2);
  assertEquals(countSubnormal([float64]), 1);
  assertEquals(countSubnormal([float32, float64]), 3);
});
