import { checkFields, type Rule } from "../../core/check/fields.ts";
import {
  GATE_METRICS,
  GATE_POLICIES,
  type GateMetric,
  type GatePolicy,
} from "../../core/facts/gate_policy.ts";

/**
 * What `check` accepts of an experiment. It decides no result, takes no part in an id, and flags of the command line
 * override it.
 */
export interface GateSpec {
  /** Which differences fail. Default: "accuracy" where there is a tolerance, else "strict". */
  readonly policy?: GatePolicy;
  /**
   * Accepted loss of an accuracy, as a mean over repeats: a fraction from 0 to 1, or "auto" for as much as chance
   * explains. Default: 0.
   */
  readonly tolerance?: number | "auto";
  /** Gain of an accuracy beyond which it is suspicious: a fraction from 0 to 1. Default: 0.05. */
  readonly suspicious?: number;
  /** The accuracies that are judged, one or a list. Default: both. */
  readonly select?: GateMetric | readonly GateMetric[];
}

/**
 * Checks the field `gate` of a declaration.
 *
 * @throws {InputError} With the path of the first wrong field.
 */
export function checkGate(gate: unknown, { action }: { readonly action: string }): void {
  checkFields(gate, {
    action,
    path: "gate",
    optional: {
      policy: oneOf(GATE_POLICIES),
      tolerance: {
        expected: 'a fraction from 0 to 1, or "auto"',
        accepts: (value) => value === "auto" || isFraction(value),
      },
      suspicious: { expected: "a fraction from 0 to 1", accepts: isFraction },
      select: {
        expected: `${texts(GATE_METRICS)}, or a list of them`,
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

function isFraction(value: unknown): boolean {
  return typeof value === "number" && value >= 0 && value <= 1;
}

function isMetric(value: unknown): boolean {
  return GATE_METRICS.includes(value as GateMetric);
}
