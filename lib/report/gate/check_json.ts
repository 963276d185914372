import type { Comparison } from "../compare/comparison.ts";
import type { Finding } from "./finding.ts";

/** Returns a check as JSON: every comparison, without unchanged trials, and the findings as texts. */
export function checkJson(
  comparisons: readonly Comparison[],
  { findings, exitCode }: { readonly findings: readonly Finding[]; readonly exitCode: number },
): string {
  const experiments = comparisons.map((comparison) => ({
    ...comparison,
    compared: comparison.trials.length,
    trials: comparison.trials.filter(({ verdict }) => verdict !== "same"),
  }));
  const shown = findings.filter(({ severity }) => severity !== "good");
  return `${JSON.stringify({ format: 2, exitCode, experiments, findings: shown }, null, 2)}\n`;
}

/** Returns the winners' accuracies in percent, which numbers do not have, in benchmark-action's format `customBiggerIsBetter`. */
export function benchmarkJson(comparisons: readonly Comparison[]): string {
  const entries = comparisons.flatMap(({ experiment, winner }) => {
    if (winner === null) return [];
    const entry = (split: string, accuracy: number) => ({
      name: `${experiment}: ${split} accuracy`,
      unit: "%",
      value: Number((accuracy * 100).toFixed(4)),
    });
    return [
      ...winner.validationAccuracy === null ? [] : [entry("validation", winner.validationAccuracy)],
      ...winner.testAccuracy === null ? [] : [entry("test", winner.testAccuracy)],
      ...winner.ensembleTestAccuracy === undefined
        ? []
        : [entry("ensemble test", winner.ensembleTestAccuracy)],
    ];
  });
  return `${JSON.stringify(entries, null, 2)}\n`;
}
