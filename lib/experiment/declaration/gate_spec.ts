import { checkFields, type Rule } from "../../core/check/fields.ts";
import {
  GATE_POLICIES,
  type GateMetric,
  gateMetrics,
  type GatePolicy,
} from "../../core/facts/gate_policy.ts";
import { metricFacts, type MetricName, USUAL_METRIC } from "../../core/facts/metric.ts";

/**
 * What `check` accepts of an experiment. It decides no result, takes no part in an id, and flags of the command line
 * override it.
 */
export interface GateSpec {
  /** Which differences fail. Default: "accuracy" where there is a tolerance, else "strict". */
  readonly policy?: GatePolicy;
  /**
   * By how much an accuracy may be worse, as a mean over repeats: a fraction from 0 to 1, or "auto" for as much as chance
   * explains. Where another metric decides, it is in values of that one. Default: 0.
   */
  readonly tolerance?: number | "auto";
  /**
   * Gain of an accuracy, or of the metric that decides, beyond which it is suspicious. Default: 0.05, and no gain of a loss
   * or an error.
   */
  readonly suspicious?: number;
  /** What is judged, one or a list: the metric that decides, on validation or on the test split. Default: both. */
  readonly select?: GateMetric | readonly GateMetric[];
}

/** Options of {@link checkGate}. */
export interface GateOptions {
  readonly action: string;
  /** The metric that decides. Default: the validation accuracy. */
  readonly select?: MetricName;
}

/**
 * Checks the field `gate` of a declaration.
 *
 * @throws {InputError} With the path of the first wrong field.
 */
export function checkGate(gate: unknown, { action, select }: GateOptions): void {
  const metrics = gateMetrics(select);
  const amount = amountRule(select);
  const isMetric = (value: unknown) => metrics.includes(value as GateMetric);
  checkFields(gate, {
    action,
    path: "gate",
    optional: {
      policy: oneOf(GATE_POLICIES),
      tolerance: {
        expected: `${amount.expected}, or "auto"`,
        accepts: (value) => value === "auto" || amount.accepts(value),
      },
      suspicious: amount,
      select: {
        expected: `${texts(metrics)}, or a list of them`,
        accepts: (value) =>
          isMetric(value) || (Array.isArray(value) && value.length > 0 && value.every(isMetric)),
      },
    },
  });
}

function oneOf(choices: readonly string[]): Rule {
  return { expected: texts(choices), accepts: (value) => choices.includes(value as string) };
}

function texts(choices: readonly string[]): string {
  return choices.map((choice) => JSON.stringify(choice)).join(" or ");
}

/** Returns what a difference of a metric may be: a fraction of an accuracy, and any size of a loss or an error. */
function amountRule(metric: MetricName = USUAL_METRIC): Rule {
  const isShare = metricFacts(metric).format === "percent";
  return {
    expected: isShare ? "a fraction from 0 to 1" : "a number from 0 on",
    accepts: (value) =>
      typeof value === "number" && value >= 0 && (isShare ? value <= 1 : Number.isFinite(value)),
  };
}
