import type { AxisValue, Trial } from "../../experiment/trial/trial.ts";
import type { TrialLog } from "../../journal/trial_log.ts";
import type { FieldChange } from "../../report/compare/comparison.ts";
import { fieldChanges } from "../../report/compare/spec_changes.ts";
import { placeKey, pointKey, type TrialPlace } from "../../report/summary/rank_points.ts";
import { explainData } from "./explain_data.ts";
import type { Plan } from "./plan_run.ts";
import { readSpecs, specOf, type TrialSpec } from "./trial_specs.ts";

/** The trials that have run here, for comparison with those of a plan. */
export interface EarlierTrials {
  /** Every trial that was to run here, in the order of their first run. */
  readonly specs: ReadonlyMap<string, TrialSpec>;
  /** Returns the last trial with a result at the place of a trial, or null. */
  readonly at: (trial: TrialPlace) => TrialSpec | null;
  /** Returns whether a trial with a result has the point of a trial, in any repeat. */
  readonly hasPoint: (trial: Pick<Trial, "point">) => boolean;
  /** Returns whether a trial with a result has the value on the axis. */
  readonly hasValue: (axis: string, value: AxisValue) => boolean;
  /** Returns the fields that changed from an earlier trial to one of the plan. */
  readonly changes: (earlier: TrialSpec, now: Trial) => readonly FieldChange[];
}

/** Options of {@link readEarlier}. */
export interface EarlierOptions {
  readonly log: TrialLog;
  /** What is in `specs.jsonl`. Default: it is read. */
  readonly specs?: readonly TrialSpec[];
}

/** Reads the trials that have run here from `specs.jsonl`, and finds those that have a result in the log. */
export async function readEarlier(plan: Plan, { log, specs: known }: EarlierOptions): Promise<EarlierTrials> {
  const specs = known ?? await readSpecs(plan);
  const ended = specs.filter(({ trial }) => log.hasResult(trial));
  const reasons = await dataReasons(plan, ended.map(({ dataDigest }) => dataDigest));
  const byPlace = new Map(ended.map((spec) => [placeKey(spec), spec]));
  const points = new Set(ended.map(({ point }) => pointKey(point)));
  const values = new Map<string, Set<AxisValue>>();
  for (const { point } of ended) {
    for (const [axis, value] of Object.entries(point)) {
      values.set(axis, (values.get(axis) ?? new Set()).add(value));
    }
  }
  return {
    specs: new Map(specs.map((spec) => [spec.trial, spec])),
    at: (trial) => byPlace.get(placeKey(trial)) ?? null,
    hasPoint: ({ point }) => points.has(pointKey(point)),
    hasValue: (axis, value) => values.get(axis)?.has(value) ?? false,
    changes: ({ trial: _, ...before }, trial) => {
      const { trial: __, ...now } = specOf(trial, plan);
      return fieldChanges(before, now).map(withReason(reasons.get(before.dataDigest)));
    },
  };
}

/** Returns how the data file changed since each digest, if only its form changed. */
async function dataReasons(
  plan: Plan,
  digests: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const reasons = new Map<string, string>();
  for (const dataDigest of new Set(digests)) {
    const change = plan.datasets.has(dataDigest) ? null : await explainData(plan, { dataDigest });
    if (change?.isOnlyForm) reasons.set(dataDigest, change.text);
  }
  return reasons;
}

function withReason(reason: string | undefined): (change: FieldChange) => FieldChange {
  return (change) => change.field === "dataDigest" && reason !== undefined ? { ...change, reason } : change;
}
