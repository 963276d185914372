import { assertEquals } from "@std/assert";
import {
  differingPercents,
  percent,
  roundedPercent,
  spreadText,
} from "../../../lib/report/summary/percent.ts";

Deno.test("percent() has two decimals, and more where not all would be 100 % or something 0 %", () => {
  const cases: readonly (readonly [number, string])[] = [
    [1, "100.00 %"],
    [0, "0.00 %"],
    [0.5, "50.00 %"],
    [0.9999, "99.99 %"],
    [0.99994, "99.99 %"],
    [0.99996, "99.996 %"],
    [29_999 / 30_000, "99.997 %"],
    [999_999 / 1_000_000, "99.9999 %"],
    [1 / 30_000, "0.003 %"],
    [1 - 1e-12, "100.00 %"],
  ];
  for (const [fraction, text] of cases) assertEquals(percent(fraction), text);
  assertEquals(roundedPercent(0.99999), "100.00 %");
});

Deno.test("spreadText() is the mean with the half width of its 95 % interval, from three values on", () => {
  assertEquals(spreadText({ values: [0.9] }), "90.00 %");
  assertEquals(spreadText({ values: [0.9, 0.8] }), "85.00 %");
  // The standard error 0.01 / sqrt(3), times the quantile 4.3027 of Student's t.
  assertEquals(spreadText({ values: [0.9, 0.91, 0.92] }), "91.00 % ± 2.48 %");
  assertEquals(spreadText({ values: [0.99999, 0.99999, 0.99999] }), "99.999 % ± 0.00 %");
  // t(2) 4.3027 times s = 0.01 times sqrt(1/3 + 1/2).
  assertEquals(spreadText({ values: [0.9, 0.91, 0.92], folds: 3 }), "91.00 % ± 3.93 %");
});

Deno.test("differingPercents() shows a difference however small", () => {
  assertEquals(differingPercents(0.5, 0.25), ["50.00 %", "25.00 %", "25.00"]);
  assertEquals(differingPercents(0.97, 0.97 + 1 / 30_000), ["97.000 %", "97.003 %", "0.003"]);
  assertEquals(differingPercents(0.5, 0.5 + 1e-16), ["50.00 %", "50.00 %", "less than 0.00000001"]);
});
