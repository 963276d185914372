import type { Dataset } from "../../data/base/dataset.ts";
import { sourceOf } from "../../data/data_sources.ts";
import { loadDataset } from "../../data/load_dataset.ts";
import { checkTrainingClasses } from "../../data/split_warnings.ts";
import type { Plan } from "./plan_run.ts";
import type { RunEvent } from "./run_event.ts";

/** Options of {@link loadPlanData}. */
export interface PlanDataOptions {
  /** Folder for decoded data sets. Default: the user's cache folder. */
  readonly cacheDir?: string;
  /** Folder with a data set's official files, for use without a network. Default: they are fetched. */
  readonly dataDir?: string;
  /** Stops the run; ended trials are kept. */
  readonly signal: AbortSignal;
  readonly observe: (event: RunEvent) => void;
}

/**
 * Loads the data set of a plan.
 *
 * @throws {InputError} If the data are not available, do not match the experiment, or have only one class for
 * training.
 */
export async function loadPlanData(
  { loaded }: Plan,
  { cacheDir, dataDir, signal, observe }: PlanDataOptions,
): Promise<Dataset> {
  const { data, name } = loaded.experiment;
  const { origin } = sourceOf(data);
  if (dataDir !== undefined && origin !== "official") {
    const own = origin === "file" ? "a file of its own" : "no file";
    observe({ type: "note", message: `--data has no effect on ${name}, which has ${own}.` });
  }
  const dataset = await loadDataset(data, {
    baseDir: loaded.baseDir,
    cacheDir,
    folder: dataDir,
    signal,
    onProgress: ({ title, step, done, total }) =>
      observe({ type: "data", label: `${step === "fetch" ? "fetching" : "decoding"} ${title}`, done, total }),
  });
  checkTrainingClasses(dataset);
  return dataset;
}
