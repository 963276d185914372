import { assertEquals } from "@std/assert";
import { metricFacts } from "../../../lib/core/facts/metric.ts";
import {
  differingTexts,
  metricSpreadText,
  metricText,
  signedText,
  unitOfHead,
} from "../../../lib/report/summary/metric_text.ts";

const ACCURACY = metricFacts("validationAccuracy");
const LOSS = metricFacts("validationLoss");

Deno.test("metricText() writes fractions in percent, and a loss with four digits", () => {
  const texts = (["validationAuc", "validationMacroF1", "testLoss"] as const).map((name) =>
    metricText(0.123456, metricFacts(name))
  );
  assertEquals(texts, ["12.35 %", "12.35 %", "0.1235"]);
});

Deno.test("metricSpreadText() is the mean with the half width of its interval, from three values on", () => {
  assertEquals(metricSpreadText({ values: [0.5, 0.25] }, LOSS), "0.3750");
  assertEquals(metricSpreadText({ values: [0.5, 0.25, 0.75] }, LOSS), "0.5000 ± 0.621");
  assertEquals(metricSpreadText({ values: [0.5, 0.25, 0.75] }, ACCURACY), "50.00 % ± 62.10 %");
});

Deno.test("signedText() writes differences of fractions in points, and of a loss as they are", () => {
  const texts = [-0.0123456, 0, 0.25].map((difference) => [
    signedText(difference, ACCURACY),
    signedText(difference, LOSS),
  ]);
  assertEquals(texts, [["−1.23", "−0.0123"], ["0.00", "0.00"], ["+25.00", "+0.250"]]);
  assertEquals([unitOfHead(ACCURACY), unitOfHead(LOSS)], [", points", ""]);
});

Deno.test("differingTexts() has as many digits as show the difference", () => {
  assertEquals(differingTexts(0.5, 0.25, LOSS), ["0.5000", "0.2500", "0.250"]);
  assertEquals(differingTexts(0.5, 0.50000001, LOSS), ["0.50000000", "0.50000001", "1.00e-8"]);
  assertEquals(differingTexts(0.5, 0.25, ACCURACY), ["50.00 %", "25.00 %", "25.00"]);
});
