import { InputError } from "../../core/check/errors.ts";
import { loadDataset } from "../../data/load_dataset.ts";
import { type StepTrace, traceEpoch } from "../../experiment/trial/trace_epoch.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { LoadedExperiment } from "../plan/load_experiment.ts";
import { planRun } from "../plan/plan_run.ts";

/** Options of {@link traceTrial}. */
export interface TraceTrialOptions {
  /** Id of the trial. */
  readonly trial: string;
  /** From 1. */
  readonly epoch: number;
  /** See `RunOptions`. */
  readonly faultEpoch?: number;
  readonly dataDir?: string;
}

/**
 * Trains a trial of an experiment up to an epoch, and returns the digests of its tensors after every step.
 *
 * @throws {InputError} If the experiment has no such trial.
 */
export async function traceTrial(
  loaded: LoadedExperiment,
  { trial: id, epoch, faultEpoch, dataDir }: TraceTrialOptions,
): Promise<readonly StepTrace[]> {
  const { grid } = await planRun(loaded, { resultsDir: "results" });
  const trial = grid.trials.find((candidate) => candidate.id === id);
  if (trial === undefined) {
    throw new InputError(`Cannot trace ${id}: ${loaded.file} has no trial of that id`);
  }
  checkEpochs(trial, { epoch, faultEpoch });
  const dataset = await loadDataset(trial.data, { baseDir: loaded.baseDir, folder: dataDir });
  const fault = faultEpoch === undefined ? undefined : { trial: id, epoch: faultEpoch };
  return traceEpoch(trial, { dataset, epoch, fault });
}

/** Checks the epochs: a missing epoch would give an empty trace, and a later fault would have no effect. */
function checkEpochs(
  { id, solver: { epochs } }: Trial,
  { epoch, faultEpoch = 1 }: Pick<TraceTrialOptions, "epoch" | "faultEpoch">,
): void {
  if (epoch > epochs) {
    throw new InputError(`Cannot trace ${id}: --epoch must be at most its ${epochs} epochs, found ${epoch}`);
  }
  if (faultEpoch > epoch) {
    throw new InputError(
      `Cannot inject a fault before epoch ${faultEpoch}: it must be at most the epoch that is traced, ${epoch}`,
    );
  }
}
