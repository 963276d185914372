import { testName } from "../../core/facts/metric.ts";
import type { Comparison } from "../compare/comparison.ts";
import { metricColumn } from "../files/columns.ts";

/** A metric of an experiment's winner, a fraction. */
const GAUGES = [
  ["seedbed_validation_accuracy", "validationAccuracy"],
  ["seedbed_test_accuracy", "testAccuracy"],
  ["seedbed_ensemble_test_accuracy", "ensembleTestAccuracy"],
] as const;

/** Returns the winners' accuracies by experiment, and the metric that decides where that is another, as OpenMetrics text. */
export function metricsText(comparisons: readonly Comparison[]): string {
  const lines = GAUGES.flatMap(([name, field]) => {
    const samples = comparisons.flatMap(({ experiment, winner }) => {
      const value = winner?.[field] ?? null;
      return value === null ? [] : [`${name}{experiment="${experiment}"} ${value}\n`];
    });
    return samples.length === 0 ? [] : [`# TYPE ${name} gauge\n`, ...samples];
  });
  return `${[...lines, ...selectedLines(comparisons)].join("")}# EOF\n`;
}

function selectedLines(comparisons: readonly Comparison[]): readonly string[] {
  const samples = comparisons.flatMap(({ experiment, winner }) => {
    if (winner?.selected === undefined) return [];
    const { metric, validation, test } = winner.selected;
    return [[metric, validation.after] as const, [testName(metric), test.after] as const]
      .flatMap(([name, value]) =>
        value === null ? [] : [{ name: `seedbed_${metricColumn(name)}`, experiment, value }]
      );
  });
  return [...Map.groupBy(samples, ({ name }) => name)].flatMap(([name, group]) => [
    `# TYPE ${name} gauge\n`,
    ...group.map(({ experiment, value }) => `${name}{experiment="${experiment}"} ${value}\n`),
  ]);
}
