import { assertEquals } from "@std/assert";
import { openStream } from "../../../lib/core/numbers/random.ts";
import { orderStatistic } from "../../../lib/core/numbers/order_statistic.ts";

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
