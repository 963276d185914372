import { type GateMetric, gateMetrics, type GatePolicy } from "../../core/facts/gate_policy.ts";
import { type MetricName, USUAL_METRIC } from "../../core/facts/metric.ts";
import type { GateSpec } from "../../experiment/declaration/gate_spec.ts";

import { type Measuring, selectedMetric } from "../summary/metric.ts";

/** What a check of an experiment accepts, every default filled in: a plain JSON value. */
export interface Gate {
  readonly policy: GatePolicy;
  /** Accepted loss of an accuracy, a fraction; with "auto", as much as chance explains. */
  readonly tolerance: number | "auto";
  /** Gain of an accuracy beyond which it is suspicious, a fraction; null if no gain is. */
  readonly suspicious: number | null;
  /** The metric that decides, if it is not the accuracy. */
  readonly metric?: MetricName;
  /** What is judged: that metric, on validation or the test split. */
  readonly select: readonly GateMetric[];
  /** Whether "strict" passes changed bits where no accuracy is lost beyond the tolerance. */
  readonly allowBits: boolean;
  /** Where each value comes from: a flag, the experiment file, or the default. */
  readonly from: Readonly<Record<"policy" | "tolerance" | "suspicious" | "select", GateSource>>;
}

/** Where a value of a gate comes from; a policy may follow from a tolerance that is given. */
export type GateSource = "flag" | "file" | "default" | "tolerance";

/** The values of flags, which override those of the experiment file. */
export interface GateFlags extends Omit<GateSpec, "select"> {
  /** Default: false. */
  readonly allowBits?: boolean;
}

const SUSPICIOUS = 0.05;

/**
 * Returns what a check accepts: what the flags say, else what the experiment file says, else the default.
 *
 * Whoever gives a tolerance means that a loss within it passes: without a policy, it is then "accuracy".
 */
export function resolveGate(
  declared: GateSpec = {},
  flags: GateFlags = {},
  experiment: Measuring = {},
): Gate {
  const { name, format } = selectedMetric(experiment);
  const { allowBits = false } = flags;
  const tolerance = choose(flags.tolerance, { declared: declared.tolerance, otherwise: 0 });
  const suspicious = choose<number | null>(flags.suspicious, {
    declared: declared.suspicious,
    otherwise: format === "percent" ? SUSPICIOUS : null,
  });
  const select = choose(undefined, { declared: declared.select, otherwise: gateMetrics(name) });
  const isTolerant = tolerance.from !== "default" && !allowBits;
  const policy = choose<GatePolicy>(flags.policy, {
    declared: declared.policy,
    otherwise: isTolerant ? "accuracy" : "strict",
  });
  return {
    policy: policy.value,
    tolerance: tolerance.value,
    suspicious: suspicious.value,
    ...name === USUAL_METRIC ? {} : { metric: name },
    select: typeof select.value === "string" ? [select.value] : select.value,
    allowBits,
    from: {
      policy: policy.from === "default" && isTolerant ? "tolerance" : policy.from,
      tolerance: tolerance.from,
      suspicious: suspicious.from,
      select: select.from,
    },
  };
}

interface Chosen<T> {
  readonly value: T;
  readonly from: GateSource;
}

interface Fallback<T> {
  readonly declared: T | undefined;
  readonly otherwise: T;
}

function choose<T>(flag: T | undefined, { declared, otherwise }: Fallback<T>): Chosen<T> {
  if (flag !== undefined) return { value: flag, from: "flag" };
  return declared === undefined ? { value: otherwise, from: "default" } : { value: declared, from: "file" };
}

const SOURCES: Readonly<Record<GateSource, string>> = {
  flag: "flag",
  file: "experiment file",
  default: "default",
  tolerance: "since a tolerance is given",
};

/** Returns a gate as a line: each value, and where it comes from. */
export function gateText(
  { policy, tolerance, suspicious, metric, select, allowBits, from }: Gate,
): string {
  const parts = [
    `${policy} (${SOURCES[from.policy]})`,
    ...allowBits ? ["--allow-bits"] : [],
    `tolerance ${tolerance} (${SOURCES[from.tolerance]})`,
    `suspicious ${suspicious ?? "none"} (${SOURCES[from.suspicious]})`,
    ...metric === undefined ? [] : [`by ${metric}`],
    ...from.select === "default" ? [] : [`select ${select.join(", ")} (${SOURCES[from.select]})`],
  ];
  return parts.join(", ");
}
