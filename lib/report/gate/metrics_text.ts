import type { Comparison } from "../compare/comparison.ts";

/** A metric of an experiment's winner, a fraction. */
const GAUGES = [
  ["seedbed_validation_accuracy", "validationAccuracy"],
  ["seedbed_test_accuracy", "testAccuracy"],
] as const;

/** Returns the winners' accuracies, fractions by experiment, as OpenMetrics text. */
export function metricsText(comparisons: readonly Comparison[]): string {
  const lines = GAUGES.flatMap(([name, field]) => {
    const samples = comparisons.flatMap(({ experiment, winner }) => {
      const value = winner?.[field] ?? null;
      return value === null ? [] : [`${name}{experiment="${experiment}"} ${value}\n`];
    });
    return samples.length === 0 ? [] : [`# TYPE ${name} gauge\n`, ...samples];
  });
  return `${lines.join("")}# EOF\n`;
}
