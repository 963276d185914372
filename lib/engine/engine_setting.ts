import type { Dataset } from "../data/base/dataset.ts";
import type { TrialSetting } from "../experiment/trial/run_trial.ts";
import type { Trial } from "../experiment/trial/trial.ts";

/** Data sets by the digest that identifies them. */
export type Datasets = Readonly<Record<string, Dataset>>;

/** What all trials of an engine share. */
export interface EngineSetting extends Omit<TrialSetting, "dataset"> {
  /** The data set of each trial, by its `dataDigest`. */
  readonly datasets: Datasets;
}

/**
 * Returns the data and kernels of a trial.
 *
 * @throws {Error} If its data set is missing.
 */
export function settingOf(trial: Pick<Trial, "id" | "dataDigest">, setting: EngineSetting): TrialSetting {
  const { datasets, ...rest } = setting;
  return { ...rest, dataset: datasetOf(trial, datasets) };
}

/**
 * Returns the data set of a trial.
 *
 * @throws {Error} If it is missing.
 */
export function datasetOf({ id, dataDigest }: Pick<Trial, "id" | "dataDigest">, datasets: Datasets): Dataset {
  if (Object.hasOwn(datasets, dataDigest)) return datasets[dataDigest];
  throw new Error(`Cannot run ${id}: its data set ${dataDigest} must be loaded`);
}
