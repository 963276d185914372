import type { KernelKind } from "../../core/facts/kernel_kind.ts";
import type { Dataset } from "../../data/base/dataset.ts";
import { dataWarnings } from "../../data/split_warnings.ts";
import { type Engine, isTrialEvent } from "../../engine/engine.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import { TrialLog } from "../../journal/trial_log.ts";
import type { Plan } from "../plan/plan_run.ts";
import { bestTrial, inspectionRecord, testRecord } from "../results/test_records.ts";
import { summarizeLog } from "../results/write_report.ts";

/** Options of {@link runAgain}. */
export interface RunAgain {
  readonly plan: Plan;
  readonly dataset: Dataset;
  readonly engine: Engine;
  readonly kernels?: KernelKind;
  /** Trials that were evaluated on the test split; they are evaluated again. */
  readonly tested: ReadonlySet<string>;
  readonly signal: AbortSignal;
}

/** Runs trials without a journal file, and returns the log that it would have. */
export async function runAgain(
  trials: readonly Trial[],
  { plan, engine, dataset, kernels, tested, signal }: RunAgain,
): Promise<TrialLog> {
  const log = new TrialLog();
  log.add({ type: "warnings", warnings: dataWarnings(dataset) });
  const byId = new Map(trials.map((trial) => [trial.id, trial]));
  const kept = new Map<string, Uint8Array>();
  for await (const { event, weights } of engine(trials, { dataset, kernels, signal })) {
    if (!isTrialEvent(event)) continue;
    log.add(event);
    if (weights === undefined || !tested.has(event.trial)) continue;
    const { bestEpoch } = log.done(event.trial)!;
    const record = testRecord(byId.get(event.trial)!, { dataset, kernels, weights, bestEpoch });
    log.add(record);
    if (record.type === "test") kept.set(event.trial, weights);
  }
  const { winner } = summarizeLog(plan, log);
  const best = winner === null ? null : bestTrial(winner);
  const weights = best === null ? undefined : kept.get(best);
  if (weights !== undefined) log.add(inspectionRecord(byId.get(best!)!, { dataset, kernels, weights }));
  return log;
}
