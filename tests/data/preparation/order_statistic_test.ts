import { assertEquals } from "@std/assert";
import { openStream } from "../../../lib/core/numbers/random.ts";
import { orderStatistic, quantile } from "../../../lib/data/preparation/order_statistic.ts";

Deno.test("orderStatistic() returns what sorting gives, at each index, when numbers are random, equal, sorted or reversed", () => {
  const seed = String(Math.floor(Math.random() * 1e9));
  const stream = openStream(`order/${seed}`);
  const lists = [
    Float64Array.from({ length: 500 }, () => stream.normal()),
    Float64Array.from({ length: 500 }, () => stream.below(4)),
    Float64Array.from({ length: 300 }, (_, i) => i),
    Float64Array.from({ length: 300 }, (_, i) => -i),
    Float64Array.from({ length: 200 }, () => 7),
    // Organ pipes, which mislead the median of three.
    Float64Array.from({ length: 400 }, (_, i) => Math.min(i, 400 - i)),
    Float64Array.of(3),
  ];
  for (const list of lists) {
    const sorted = list.toSorted();
    for (let index = 0; index < list.length; index++) {
      assertEquals(
        orderStatistic(list.slice(), index),
        sorted[index],
        `seed ${seed}, ${list.length}, ${index}`,
      );
    }
  }
});

Deno.test("quantile() lies between two numbers as NumPy has it", () => {
  assertEquals([0, 0.25, 0.5, 0.75, 1].map((share) => quantile(Float64Array.of(40, 10, 20, 30), share)), [
    10,
    17.5,
    25,
    32.5,
    40,
  ]);
  assertEquals(quantile(Float64Array.of(5), 0.5), 5);
});
