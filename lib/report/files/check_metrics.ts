import { InputError } from "../../core/check/errors.ts";
import { anObject, aNumber, checkFields, either, listOf, oneOf, type Rule } from "../../core/check/fields.ts";
import { measuresNumbers, testName } from "../../core/facts/metric.ts";
import { isTested } from "../summary/metric.ts";
import type { Summary } from "../summary/summary.ts";

/** A list of at least one number. */
export const someNumbers: Rule = {
  expected: "a list of numbers",
  accepts: (value) => listOf(aNumber).accepts(value) && (value as readonly unknown[]).length > 0,
};

/** The fields of a value over repeats. */
export const SPREAD: Readonly<Record<string, Rule>> = {
  mean: aNumber,
  standardDeviation: either(aNumber, oneOf(null)),
  values: someNumbers,
};

/**
 * Checks that what has an accuracy in a summary has each of the further metrics too; all else of it was checked.
 *
 * @throws {InputError} With the first field that is wrong.
 */
export function checkMetrics(
  { experiment, winner, points, trials }: Summary,
  { action }: { readonly action: string },
): void {
  const { metrics = [], select } = experiment;
  if (select !== undefined && !metrics.includes(select)) {
    throw new InputError(`Cannot ${action}: experiment.metrics must have ${select}, which is selected`);
  }
  if (metrics.length === 0) return;
  const tests = metrics.map(testName);
  const place = { action, names: metrics };
  if (winner !== null) {
    checkSpreads(winner.metrics, { ...place, path: "winner.metrics" });
    if (isTested(winner)) {
      checkSpreads(winner.testMetrics, { action, names: tests, path: "winner.testMetrics" });
    }
    if (winner.ensemble !== undefined) {
      const path = "winner.ensemble.testMetrics";
      checkNames(winner.ensemble.testMetrics, { action, names: tests, path }, aNumber);
    }
  }
  const areNumbers = measuresNumbers(experiment);
  points.forEach((point, index) => {
    const isMeasured = point.validationAccuracy !== null || (areNumbers && point.done > 0);
    if (!isMeasured && point.metrics === undefined) return;
    checkSpreads(point.metrics, { ...place, path: `points[${index}].metrics` });
  });
  trials.forEach((trial, index) => {
    const path = `trials[${index}]`;
    const isMeasured = trial.bestValidationAccuracy !== null || (areNumbers && trial.status === "done");
    if (isMeasured || trial.bestMetrics !== undefined) {
      checkNames(trial.bestMetrics, { ...place, path: `${path}.bestMetrics` }, aNumber);
    }
    if (isTested(trial)) {
      checkNames(trial.testMetrics, { action, names: tests, path: `${path}.testMetrics` }, aNumber);
    }
  });
}

interface MetricsPlace {
  readonly action: string;
  readonly path: string;
  /** The names that must be there. */
  readonly names: readonly string[];
}

function checkNames(values: unknown, { names, ...place }: MetricsPlace, rule: Rule): void {
  const required = Object.fromEntries(names.map((name) => [name, rule]));
  checkFields(values, { ...place, required, others: true });
}

function checkSpreads(values: unknown, place: MetricsPlace): void {
  checkNames(values, place, anObject);
  const { action, path, names } = place;
  for (const name of names) {
    const value = (values as Readonly<Record<string, unknown>>)[name];
    checkFields(value, { action, path: `${path}.${name}`, required: SPREAD, others: true });
  }
}
