import { type MetricName, USUAL_METRIC } from "../../core/facts/metric.ts";
import type { Point, Trial } from "../../experiment/trial/trial.ts";
import type { DoneEvent } from "../../experiment/trial/trial_event.ts";
import { TrialLog } from "../../journal/trial_log.ts";
import type { FieldChange } from "../../report/compare/comparison.ts";
import { valueOf } from "../../report/summary/metric.ts";
import { placeKey, placeOf } from "../../report/summary/rank_points.ts";
import { type EarlierTrials, readEarlier } from "../plan/earlier_trials.ts";
import type { LoadedExperiment } from "../plan/load_experiment.ts";
import { readPlanJournal } from "../plan/plan_journal.ts";
import { type Plan, planRun } from "../plan/plan_run.ts";
import { standingOf } from "../search/search_standing.ts";
import type { TrialSpec } from "../plan/trial_specs.ts";

/** Why a trial will run or not. */
export interface TrialExplanation {
  readonly experiment: string;
  readonly trial: Pick<Trial, "id" | "point" | "repeat" | "fold">;
  /** `replaced` and `removed`: it ran here, and the grid has another trial at its point and repeat, or none. */
  readonly fate: "has a result" | "failed" | "changed" | "new" | "replaced" | "removed";
  /** Why it failed or diverged, or null. */
  readonly reason: string | null;
  /** What it has of the metric that decides, or else its accuracy; null unless it is done. */
  readonly result: { readonly metric: MetricName; readonly value: number } | null;
  /** The trial at this point and repeat that ran before, or that replaces it now; null if there is none. */
  readonly other: string | null;
  /** The changed fields that determine the result. */
  readonly changes: readonly FieldChange[];
}

/**
 * Explains the trials of an experiment with the given beginning of ids: those of the grid in its order, then those
 * that ran here and are no longer in it.
 *
 * A result is a function of data, model, solver, seed, repeat and arithmetic: a trial runs again only if one of them
 * changed.
 */
export async function explainTrials(
  loaded: LoadedExperiment,
  { resultsDir, id }: { readonly resultsDir: string; readonly id: string },
): Promise<readonly TrialExplanation[]> {
  const plan = await planRun(loaded, { resultsDir });
  const { log } = standingOf(plan, readPlanJournal(plan)?.log ?? new TrialLog());
  const known: Known = { plan, log, earlier: await readEarlier(plan, { log }) };
  const ids = new Set(plan.grid.trials.map((trial) => trial.id));
  const asked = plan.grid.trials.filter((trial) => trial.id.startsWith(id));
  const old = [...known.earlier.specs.values()].filter(({ trial }) =>
    trial.startsWith(id) && !ids.has(trial)
  );
  const now = old.length === 0
    ? new Map()
    : new Map(plan.grid.trials.map((trial) => [placeKey(trial), trial]));
  return [
    ...asked.map((trial) => explainNow(trial, known)),
    ...old.map((spec) => explainOld(spec, { ...known, now: now.get(placeKey(spec)) })),
  ];
}

interface Known {
  readonly plan: Plan;
  readonly log: TrialLog;
  readonly earlier: EarlierTrials;
}

function explainNow(trial: Trial, { plan, log, earlier }: Known): TrialExplanation {
  const explanation = { ...endOf(trial, { plan, log }), other: null, changes: [] };
  if (log.hasResult(trial.id)) return { ...explanation, fate: "has a result" };
  if (log.end(trial.id) !== null) return { ...explanation, fate: "failed" };
  const before = earlier.at(trial);
  if (before === null) return { ...explanation, fate: "new" };
  return { ...explanation, fate: "changed", other: before.trial, changes: earlier.changes(before, trial) };
}

function explainOld(
  spec: TrialSpec,
  { plan, log, earlier, now }: Known & { readonly now?: Trial },
): TrialExplanation {
  const point = inAxisOrder(spec.point, plan);
  const explanation = endOf({ id: spec.trial, ...placeOf({ ...spec, point }) }, { plan, log });
  if (now === undefined) return { ...explanation, fate: "removed", other: null, changes: [] };
  return { ...explanation, fate: "replaced", other: now.id, changes: earlier.changes(spec, now) };
}

function endOf(trial: TrialExplanation["trial"], { plan, log }: Pick<Known, "plan" | "log">) {
  const end = log.end(trial.id);
  return {
    experiment: plan.loaded.experiment.name,
    trial,
    reason: end !== null && "reason" in end ? end.reason : null,
    result: resultOf(log.done(trial.id), plan.loaded.experiment.select),
  };
}

/** A trial that is not in the grid any longer may not have measured what decides now. */
function resultOf(
  done: DoneEvent | null,
  select: MetricName = USUAL_METRIC,
): TrialExplanation["result"] {
  if (done === null) return null;
  for (const metric of [select, USUAL_METRIC] as const) {
    const value = valueOf(done, metric);
    if (value !== null) return { metric, value };
  }
  return null;
}

/** Returns a point whose axes have the order of the grid, which the file of specs does not keep. */
function inAxisOrder(point: Point, { loaded }: Plan): Point {
  const axes = Object.keys(loaded.experiment.grid).filter((axis) => Object.hasOwn(point, axis));
  return { ...Object.fromEntries(axes.map((axis) => [axis, point[axis]])), ...point };
}
