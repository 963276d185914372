import type { KernelKind } from "../../core/facts/kernel_kind.ts";
import { type Datasets, type Engine, isTrialEvent } from "../../engine/engine.ts";
import { datasetOf } from "../../engine/engine_setting.ts";
import type { Checkpoint } from "../../experiment/trial/run_trial.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import { TrialLog } from "../../journal/trial_log.ts";
import { planDataWarnings } from "../plan/load_plan_data.ts";
import type { Plan } from "../plan/plan_run.ts";
import { bestTrial, inspectionRecord, testRecord } from "../results/test_records.ts";
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
  log.add({ type: "warnings", warnings: planDataWarnings(plan, datasets) });
  const byId = new Map(plan.grid.trials.map((trial) => [trial.id, trial]));
  const kept = new Map<string, Uint8Array>();
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
    if (weights === undefined || !tested.has(event.trial)) continue;
    const { bestEpoch } = log.done(event.trial)!;
    const trial = byId.get(event.trial)!;
    const dataset = datasetOf(trial, datasets);
    const record = testRecord(trial, { dataset, kernels, weights, bestEpoch });
    log.add(record);
    if (record.type === "test") kept.set(event.trial, weights);
  }
  const { winner } = summarizeLog(plan, log);
  const best = winner === null ? undefined : byId.get(bestTrial(winner, plan.loaded.experiment));
  const weights = best === undefined ? undefined : kept.get(best.id);
  if (best !== undefined && weights !== undefined) {
    log.add(inspectionRecord(best, { dataset: datasetOf(best, datasets), kernels, weights }));
  }
  return log;
}
