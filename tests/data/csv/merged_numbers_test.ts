import { assertEquals } from "@std/assert";
import { findMerged, type MergedNumbers } from "../../../lib/data/csv/merged_numbers.ts";

Deno.test("findMerged() is null where a dtype represents all numbers", () => {
  for (const texts of [[], ["1"], ["0.1", "0.10", "1e-1"], ["16777216", "16777217.0", "16777216"]]) {
    assertEquals(findMerged(texts, "float64"), null);
  }
  assertEquals(findMerged(["1", "2", "0.5"], "float32"), null);
});

Deno.test("findMerged() finds whole numbers that become one, and calls that harmful", () => {
  const ids = ["3", "16777217", "16777216", "16777216.0"];
  assertEquals(findMerged(ids, "float32"), { example: [3, 1], distinct: 3, left: 2, isHarmful: true });
  // 2^53 and the number behind it, which float64 has not.
  const large = ["9007199254740993", "9007199254740992", "09007199254740993"];
  assertEquals(findMerged(large, "float64"), { example: [1, 0], distinct: 2, left: 1, isHarmful: true });
});

Deno.test("findMerged() calls it harmful when what is lost is more than noise, by its size or its share", () => {
  /** A hundred numbers that float32 has, and some pairs that it takes for one. */
  const withPairs = (pairs: number, gap: number) => [
    ...Array.from({ length: 100 }, (_, i) => String(i / 8)),
    ...Array.from({ length: pairs }, (_, i) => [String(200 + i), String(200 + i + gap)]).flat(),
  ];
  const isHarmful = (merged: MergedNumbers | null) => merged?.isHarmful;
  assertEquals(isHarmful(findMerged(withPairs(1, 1e-7), "float32")), false);
  assertEquals(isHarmful(findMerged(withPairs(50, 1e-7), "float32")), true);
  // Two timestamps half a second apart, while all others are near.
  assertEquals(isHarmful(findMerged(["1700000000.25", "1700000000.5", "1700000001"], "float32")), true);
});
