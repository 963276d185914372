import { assertEquals } from "@std/assert";
import { sparkline } from "../../../lib/report/files/sparkline.ts";

Deno.test("sparkline() has a letter for each value, on the scale of the values or on a given one", () => {
  assertEquals(sparkline([0, 0.25, 0.5, 0.75, 1], { most: 9 }), "▁▃▅▇█");
  assertEquals(sparkline([0, 0.5], { most: 9, range: [0, 1] }), "▁▅");
  assertEquals(sparkline([3, 3], { most: 9 }), "▅▅");
  assertEquals(sparkline([null, 1, null, 2], { most: 9 }), " ▁ █");
  assertEquals(sparkline([], { most: 9 }), "");
});

Deno.test("sparkline() shows values at even distances where there are more than letters, the last among them", () => {
  assertEquals(sparkline([0, 9, 0, 9, 0, 9], { most: 3 }), "▅▅▅".replaceAll("▅", "█"));
  assertEquals([...sparkline(Array.from({ length: 100 }, (_, value) => value), { most: 10 })].length, 10);
});
