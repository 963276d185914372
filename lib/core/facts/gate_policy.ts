/**
 * Which differences from a baseline fail a check.
 *
 * - "strict": any changed bit, and any trial that is new or gone.
 * - "accuracy": an accuracy that is worse by more than the tolerance, and what has no result: a trial that failed or
 *   diverged, a run that did not end, a damaged baseline.
 * - "report": none; all are shown.
 */
export type GatePolicy = "strict" | "accuracy" | "report";

/** Every {@link GatePolicy}. */
export const GATE_POLICIES: readonly GatePolicy[] = ["strict", "accuracy", "report"];

/** An accuracy that a check may judge. */
export type GateMetric = "validationAccuracy" | "testAccuracy";

/** Every {@link GateMetric}. */
export const GATE_METRICS: readonly GateMetric[] = ["validationAccuracy", "testAccuracy"];
