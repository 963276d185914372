import { assertEquals } from "@std/assert";
import { METRICS, metricText } from "../../../lib/report/summary/metric.ts";

Deno.test("metricText() writes accuracies in percent, and a loss with four digits", () => {
  assertEquals(METRICS.map((metric) => metricText(0.123456, metric)), ["12.35 %", "12.35 %", "0.1235"]);
});
