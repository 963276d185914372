import type { Trial } from "../../experiment/trial/trial.ts";
import { TrialLog } from "../../journal/trial_log.ts";
import type { FieldChange } from "../../report/compare/comparison.ts";
import { fieldChanges } from "../../report/compare/spec_changes.ts";
import { pointKey } from "../../report/summary/rank_points.ts";
import { explainData } from "../plan/explain_data.ts";
import type { LoadedExperiment } from "../plan/load_experiment.ts";
import { readPlanJournal } from "../plan/plan_journal.ts";
import { type Plan, planRun } from "../plan/plan_run.ts";
import { readSpecs, specOf } from "../plan/trial_specs.ts";

/** Why a trial will run or not. */
export interface TrialExplanation {
  readonly experiment: string;
  readonly trial: Trial;
  readonly fate: "has a result" | "failed" | "changed" | "new";
  /** Why it failed or diverged, or null. */
  readonly reason: string | null;
  /** The trial that ran at this point and repeat before, or null. */
  readonly before: string | null;
  /** The changed fields that determine the result. */
  readonly changes: readonly FieldChange[];
}

/**
 * Explains the trials of an experiment with the given beginning of ids.
 *
 * A result is a function of data, model, solver, seed, repeat and arithmetic: a trial runs again only if one of them
 * changed.
 */
export async function explainTrials(
  loaded: LoadedExperiment,
  { resultsDir, id }: { readonly resultsDir: string; readonly id: string },
): Promise<readonly TrialExplanation[]> {
  const plan = await planRun(loaded, { resultsDir });
  const asked = plan.grid.trials.filter((trial) => trial.id.startsWith(id));
  if (asked.length === 0) return [];
  const log = readPlanJournal(plan)?.log ?? new TrialLog();
  const specs = (await readSpecs(plan)).filter(({ trial }) => log.hasResult(trial));
  const reasons = await dataReasons(plan, specs.map(({ dataDigest }) => dataDigest));
  return asked.map((trial): TrialExplanation => {
    const end = log.end(trial.id);
    const reason = end !== null && "reason" in end ? end.reason : null;
    const explanation = { experiment: loaded.experiment.name, trial, reason, before: null, changes: [] };
    if (log.hasResult(trial.id)) return { ...explanation, fate: "has a result" };
    if (end !== null) return { ...explanation, fate: "failed" };
    const earlier = specs.findLast(({ point, repeat }) =>
      repeat === trial.repeat && pointKey(point) === pointKey(trial.point)
    );
    if (earlier === undefined) return { ...explanation, fate: "new" };
    const { trial: before, ...old } = earlier;
    const { trial: _, ...now } = specOf(trial, plan);
    return {
      ...explanation,
      fate: "changed",
      before,
      changes: fieldChanges(old, now).map(withReason(reasons.get(old.dataDigest))),
    };
  });
}

/** Returns how the data file changed since each digest, if only its form changed. */
async function dataReasons(
  plan: Plan,
  digests: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const reasons = new Map<string, string>();
  for (const dataDigest of new Set(digests)) {
    const change = dataDigest === plan.dataDigest ? null : await explainData(plan, { dataDigest });
    if (change?.isOnlyForm) reasons.set(dataDigest, change.text);
  }
  return reasons;
}

function withReason(reason: string | undefined): (change: FieldChange) => FieldChange {
  return (change) => change.field === "dataDigest" && reason !== undefined ? { ...change, reason } : change;
}
