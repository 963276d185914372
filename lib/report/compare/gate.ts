import { GATE_METRICS, type GateMetric, type GatePolicy } from "../../core/facts/gate_policy.ts";
import type { GateSpec } from "../../experiment/declaration/gate_spec.ts";

/** What a check of an experiment accepts, every default filled in: a plain JSON value. */
export interface Gate {
  readonly policy: GatePolicy;
  /** Accepted loss of an accuracy, a fraction; with "auto", as much as chance explains. */
  readonly tolerance: number | "auto";
  /** Gain of an accuracy beyond which it is suspicious, a fraction. */
  readonly suspicious: number;
  /** The accuracies that are judged. */
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
export function resolveGate(declared: GateSpec = {}, flags: GateFlags = {}): Gate {
  const { allowBits = false } = flags;
  const tolerance = choose(flags.tolerance, { declared: declared.tolerance, otherwise: 0 });
  const suspicious = choose(flags.suspicious, { declared: declared.suspicious, otherwise: SUSPICIOUS });
  const select = choose(undefined, { declared: declared.select, otherwise: GATE_METRICS });
  const isTolerant = tolerance.from !== "default" && !allowBits;
  const policy = choose<GatePolicy>(flags.policy, {
    declared: declared.policy,
    otherwise: isTolerant ? "accuracy" : "strict",
  });
  return {
    policy: policy.value,
    tolerance: tolerance.value,
    suspicious: suspicious.value,
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
export function gateText({ policy, tolerance, suspicious, select, allowBits, from }: Gate): string {
  const parts = [
    `${policy} (${SOURCES[from.policy]})`,
    ...allowBits ? ["--allow-bits"] : [],
    `tolerance ${tolerance} (${SOURCES[from.tolerance]})`,
    `suspicious ${suspicious} (${SOURCES[from.suspicious]})`,
    ...from.select === "default" ? [] : [`select ${select.join(", ")} (${SOURCES[from.select]})`],
  ];
  return parts.join(", ");
}
