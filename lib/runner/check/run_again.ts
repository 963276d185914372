import type { KernelKind } from "../../core/facts/kernel_kind.ts";
import { type Datasets, type Engine, isTrialEvent } from "../../engine/engine.ts";
import { datasetOf } from "../../engine/engine_setting.ts";
import type { TrainedTrial } from "../../experiment/evaluation/trained_trial.ts";
import type { Checkpoint } from "../../experiment/trial/run_trial.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import { TrialLog } from "../../journal/trial_log.ts";
import { isTested } from "../../report/summary/metric.ts";
import { placeKey } from "../../report/summary/rank_points.ts";
import { planFindings } from "../plan/load_plan_data.ts";
import type { Plan } from "../plan/plan_run.ts";
import {
  bestRepeat,
  ensembleRecord,
  inspectionRecord,
  repeatsOf,
  testRecord,
} from "../results/test_records.ts";
import { summarizeLog } from "../results/write_report.ts";

/** Options of {@link runAgain}. */
export interface RunAgain {
  /** Returns the trials that run next, given what ran so far; none at the end. */
  readonly trialsAfter: (log: TrialLog) => readonly Trial[];
  readonly datasets: Datasets;
  readonly engine: Engine;
  readonly kernels?: KernelKind;
  /** Trials that were evaluated on the test split; they are evaluated again. */
  readonly tested: ReadonlySet<string>;
  readonly signal: AbortSignal;
}

/** Runs trials without a journal file, and returns the log that it would have. */
export async function runAgain(
  plan: Plan,
  { trialsAfter, engine, datasets, kernels, tested, signal }: RunAgain,
): Promise<TrialLog> {
  const log = new TrialLog();
  log.add({ type: "warnings", ...planFindings(plan, datasets) });
  const byId = new Map(plan.grid.trials.map((trial) => [trial.id, trial]));
  const repeats = testedRepeats(plan.grid, { tested });
  const kept = new Map<string, TrainedTrial>();
  const trainedOf = (ids: readonly string[]) => {
    const found = ids.map((id) => kept.get(id));
    return found.every((trained) => trained !== undefined) ? found : null;
  };
  const settingOf = ([{ trial }]: readonly TrainedTrial[]) => {
    return { dataset: datasetOf(trial, datasets), kernels };
  };
  const stopped = new Map<string, Checkpoint>();
  const resume = (trial: string) => Promise.resolve(stopped.get(trial) ?? null);
  const events = async function* () {
    for (let trials = trialsAfter(log); trials.length > 0 && !signal.aborted; trials = trialsAfter(log)) {
      yield* engine(trials, { datasets, kernels, signal, resume });
    }
  };
  for await (const { event, weights, checkpoint } of events()) {
    if (!isTrialEvent(event)) continue;
    log.add(event);
    if (event.type === "stopped" && checkpoint !== undefined) stopped.set(event.trial, checkpoint);
    else if (event.type !== "epoch") stopped.delete(event.trial);
    const repeat = repeats.get(event.trial);
    if (event.type !== "done" || weights === undefined || repeat === undefined) continue;
    kept.set(event.trial, { ...event, trial: byId.get(event.trial)!, weights });
    const trained = trainedOf(repeat);
    if (trained !== null) log.add(testRecord(trained, settingOf(trained)));
  }
  const { winner } = summarizeLog(plan, log);
  const best = winner === null
    ? null
    : trainedOf(repeatsOf(winner)[bestRepeat(winner, plan.loaded.experiment)]);
  if (best !== null) log.add(inspectionRecord(best, settingOf(best)));
  const all = winner === null || !isTested(winner) || !plan.loaded.experiment.ensemble
    ? null
    : trainedOf(winner.trials);
  if (all !== null) log.add(ensembleRecord(all, settingOf(all)));
  return log;
}

/**
 * Returns the trials of each repeat of which one was tested, by each of them: the trial alone, or those of all folds, which
 * are tested together.
 */
export function testedRepeats(
  { trials }: Plan["grid"],
  { tested }: Pick<RunAgain, "tested">,
): ReadonlyMap<string, readonly string[]> {
  const keyOf = ({ point, repeat }: Trial) => placeKey({ point, repeat });
  const keys = new Set(trials.filter(({ id }) => tested.has(id)).map(keyOf));
  const repeats = Map.groupBy(trials.filter((trial) => keys.has(keyOf(trial))), keyOf);
  return new Map(
    [...repeats.values()].flatMap((repeat) => {
      const ids = repeat.map(({ id }) => id);
      return ids.map((id) => [id, ids] as const);
    }),
  );
}
