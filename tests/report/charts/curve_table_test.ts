import { assertEquals } from "@std/assert";
import { curveTable } from "../../../lib/report/charts/curve_table.ts";
import { epochMetrics } from "../../../lib/report/summary/metric.ts";

const [ACCURACY, , LOSS] = epochMetrics({});

Deno.test("curveTable() has the quartiles of the curves that reach an epoch", () => {
  assertEquals(
    curveTable([Float64Array.of(0.1, 0.5), Float64Array.of(0.1, 0.7), Float64Array.of(0.1)], {
      metric: ACCURACY,
    }),
    {
      head: ["epoch", "trials", "lowest", "25 %", "median", "75 %", "highest"],
      rows: [
        ["0", "3", "10.00 %", "10.00 %", "10.00 %", "10.00 %", "10.00 %"],
        ["1", "2", "50.00 %", "55.00 %", "60.00 %", "65.00 %", "70.00 %"],
      ],
    },
  );
});

Deno.test("curveTable() has at most 13 epochs, the last among them, and none without a value", () => {
  const { rows } = curveTable([new Float64Array(101).fill(0.25).fill(NaN, 0, 1)], { metric: LOSS });
  assertEquals(rows.map(([epoch]) => epoch), [
    "9",
    "18",
    "27",
    "36",
    "45",
    "54",
    "63",
    "72",
    "81",
    "90",
    "99",
    "100",
  ]);
  assertEquals(rows[0].slice(2), Array(5).fill("0.2500"));
});
