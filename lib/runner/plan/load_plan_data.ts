import { InputError } from "../../core/check/errors.ts";
import type { Warning } from "../../core/check/warning.ts";
import type { DataProgress, LoadOptions } from "../../data/base/data_source.ts";
import type { Dataset } from "../../data/base/dataset.ts";
import { sourceOf } from "../../data/data_sources.ts";
import { checkFolds, leastTrained } from "../../data/folds/check_folds.ts";
import { differenceTexts } from "../../data/difference_texts.ts";
import { loadDataset } from "../../data/load_dataset.ts";
import { checkTrainingClasses, dataWarnings } from "../../data/split_warnings.ts";
import type { Datasets } from "../../engine/engine_setting.ts";
import { checkMeasurable } from "../../experiment/declaration/check_measurable.ts";
import { checkTrialClasses } from "../../experiment/trial/check_trial_classes.ts";
import { datasetFacts } from "../../experiment/trial/dataset_facts.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { DataFindings } from "../../journal/trial_log.ts";
import { pointName } from "../../report/summary/trial_name.ts";
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
 * Loads the data sets of a plan, each once.
 *
 * @throws {InputError} If the data are not available, do not match the experiment, have only one class for training, too
 * few rows for their folds, or lack what a metric needs.
 */
export async function loadPlanData(
  plan: Plan,
  { cacheDir, dataDir, signal, observe }: PlanDataOptions,
): Promise<Datasets> {
  const { name } = plan.loaded.experiment;
  const origins = new Set([...plan.datasets.values()].map((spec) => sourceOf(spec).origin));
  if (dataDir !== undefined && !origins.has("official")) {
    const own = origins.has("file") ? "a file of its own" : "no file";
    observe({ type: "note", message: `--data has no effect on ${name}, which has ${own}.` });
  }
  const datasets = await readPlanData(plan, {
    cacheDir,
    folder: dataDir,
    signal,
    onProgress: progressTo(observe),
  });
  // Of many data sets of a grid, the first shows what was found out.
  const [first] = plan.datasets.keys();
  for (const message of datasets[first]?.notes ?? []) observe({ type: "note", message });
  for (const [digest, { folds }] of plan.datasets) {
    const dataset = datasets[digest];
    if (folds === undefined) {
      checkTrainingClasses(dataset);
      checkBatches(plan.grid.trials, { digest, rows: dataset.train.n });
    } else {
      checkFolds(dataset, { folds });
      checkBatches(plan.grid.trials, { digest, rows: leastTrained(dataset, { folds }) });
    }
    checkMeasurable(plan.loaded.experiment, { dataset, folds });
    for (const trial of plan.grid.trials) {
      if (trial.dataDigest !== digest) continue;
      checkTrialClasses(trial, { action: `run ${pointName(trial.point)}`, numClasses: dataset.numClasses });
    }
  }
  return datasets;
}

/** Returns a function that reports the progress of loading data as an event. */
export function progressTo(observe: (event: RunEvent) => void): (progress: DataProgress) => void {
  return ({ title, step, done, total }) =>
    observe({ type: "data", label: `${step === "fetch" ? "fetching" : "decoding"} ${title}`, done, total });
}

interface Trained {
  readonly digest: string;
  /** The fewest rows that a net trains on. */
  readonly rows: number;
}

/** The sizes of the splits of a table, and of folds of whole groups, are known once the data are. */
function checkBatches(trials: readonly Trial[], { digest, rows }: Trained): void {
  const wrong = trials.find(({ dataDigest, solver }) => dataDigest === digest && solver.batchSize > rows);
  if (wrong === undefined) return;
  const what = wrong.data.folds === undefined
    ? `the ${rows} training rows`
    : `the training rows of each fold, which are ${rows} in the smallest`;
  throw new InputError(
    `Cannot run ${
      pointName(wrong.point)
    }: solver.batchSize must be at most ${what}, found ${wrong.solver.batchSize}`,
  );
}

/** Loads the data sets of a plan as {@link loadPlanData} does, for a caller that observes nothing. */
export async function readPlanData(
  { loaded: { baseDir }, datasets }: Plan,
  options: Omit<LoadOptions, "baseDir">,
): Promise<Datasets> {
  const loaded: [string, Dataset][] = [];
  const kinds = new Set<string>();
  for (const [digest, spec] of datasets) {
    // The first of a kind decodes its official files, for the others too.
    const folder = kinds.has(spec.kind) ? undefined : options.folder;
    kinds.add(spec.kind);
    loaded.push([digest, await loadDataset(spec, { ...options, folder, baseDir })]);
  }
  return Object.fromEntries(loaded);
}

/** Returns what was found in the data sets of a plan: warnings, and facts of tables. */
export function planFindings(plan: Plan, datasets: Datasets): DataFindings {
  const facts = [...plan.datasets.keys()]
    .flatMap((dataDigest) => datasetFacts(datasets[dataDigest], { dataDigest }) ?? []);
  return {
    warnings: planDataWarnings(plan, datasets),
    ...facts.length === 0 ? {} : { datasets: facts },
  };
}

/** Of several data sets, each warning says in which of them it was found. */
function planDataWarnings(plan: Plan, datasets: Datasets): readonly Warning[] {
  const texts = differenceTexts([...plan.datasets.values()]);
  return [...plan.datasets].flatMap(([digest, { folds }], index) => {
    const warnings = dataWarnings(datasets[digest], { folds });
    if (plan.datasets.size === 1) return warnings;
    return warnings.map((warning) => ({ ...warning, where: `${warning.where}, data with ${texts[index]}` }));
  });
}
