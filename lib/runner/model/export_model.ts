import { BrokenPromiseError } from "../../core/check/errors.ts";
import type { ModelFormat } from "../../core/facts/model_format.ts";
import { NUMERICS_VERSION } from "../../core/facts/numerics_version.ts";
import { sha256Hex } from "../../core/numbers/digest.ts";
import type { Dataset } from "../../data/base/dataset.ts";
import { readFeatureNames } from "../../data/csv/load_csv.ts";
import type { Datasets, Engine } from "../../engine/engine.ts";
import { datasetOf } from "../../engine/engine_setting.ts";
import { workersEngine } from "../../engine/threads/workers.ts";
import { createNet } from "../../experiment/trial/run_trial.ts";
import { trialDataset } from "../../experiment/trial/trial_dataset.ts";
import { checkFinite } from "../../export/check_finite.ts";
import type { EnsembleFacts } from "../../export/ensemble/ensemble_model.ts";
import { ensembleToOnnx } from "../../export/ensemble/ensemble_onnx.ts";
import { ensembleToSafetensors } from "../../export/ensemble/ensemble_safetensors.ts";
import type { ModelFacts } from "../../export/model_facts.ts";
import { modelToOnnx } from "../../export/onnx_model.ts";
import { modelToSafetensors } from "../../export/safetensors_model.ts";
import type { TrainedModel } from "../../export/trained_model.ts";
import { checkOutput } from "../../files/check_output.ts";
import { writeFileWhole } from "../../files/write_file_whole.ts";
import { placeOf } from "../../report/summary/rank_points.ts";
import type { LoadedExperiment } from "../plan/load_experiment.ts";
import { loadPlanData, type PlanDataOptions } from "../plan/load_plan_data.ts";
import { type Plan, planRun } from "../plan/plan_run.ts";
import { readWeights } from "../results/leading_weights.ts";
import { type PickedTrial, pickTrial, pickWinner } from "../results/pick_trial.ts";
import { trainAgain } from "../run/train_again.ts";

/** Options of {@link exportModel}. */
export interface ExportOptions extends PlanDataOptions {
  /** Folder of results, with a folder per experiment. */
  readonly resultsDir: string;
  /** Beginning of the trial's id. Default: the winner's best repeat. */
  readonly trial?: string;
  /** Whether to write all nets of the winner, which predict together, in place of one. Default: false. */
  readonly ensemble?: boolean;
  readonly format: ModelFormat;
  /** Path of the file; an older one is replaced. Its folder must exist. */
  readonly out: string;
  /** Trains a trial again if its weights are not kept. Default: {@link workersEngine} with one thread. */
  readonly engine?: Engine;
}

/** The exported model. */
export interface ExportOutcome {
  /** Of an ensemble, those of its first net. */
  readonly facts: ModelFacts;
  /** The number of nets and what they have together; only of an ensemble. */
  readonly ensemble?: EnsembleFacts & { readonly nets: number };
  /** SHA-256 of the file, which is the same on every export. */
  readonly fileSha256: string;
}

/**
 * Writes the model of a trial, or the ensemble of the winner's, to a file. Trials whose weights are not kept are trained again.
 *
 * @throws {InputError} If there is no such trial, an ensemble of one, it is not done, or the file cannot be written.
 * @throws {BrokenPromiseError} If training it again gave other weights.
 */
export async function exportModel(
  loaded: LoadedExperiment,
  options: ExportOptions,
): Promise<ExportOutcome> {
  const { format, out, trial: id, ensemble = false } = options;
  await checkOutput(out, { flag: "out", action: "export to" });
  const plan = await planRun(loaded, options);
  if (ensemble) return await exportEnsemble(plan, options);
  const picked = await pickTrial(plan, { id });
  const datasets = await loadPlanData(plan, options);
  const model = await modelOf(picked, { ...options, plan, datasets });
  const { facts } = model;
  const file = format === "onnx" ? await modelToOnnx(model) : modelToSafetensors(model);
  await writeFileWhole(out, file);
  if (picked.testedTogether !== null) {
    const message =
      `The report's test accuracy is that of ${picked.testedTogether} nets together, one for each fold, ` +
      "of which this is one: its own was not measured.";
    options.observe({ type: "note", message });
  }
  return { facts, fileSha256: sha256Hex(file) };
}

async function exportEnsemble(plan: Plan, options: ExportOptions): Promise<ExportOutcome> {
  const { format, out, observe } = options;
  const { nets: picked, ensemble } = await pickWinner(plan);
  const datasets = await loadPlanData(plan, options);
  const nets: TrainedModel[] = [];
  for (const one of picked) nets.push(await modelOf(one, { ...options, plan, datasets }));
  const facts = { experiment: plan.loaded.experiment.name, testAccuracy: null, ...ensemble };
  const model = { facts, nets };
  const file = format === "onnx" ? await ensembleToOnnx(model) : ensembleToSafetensors(model);
  await writeFileWhole(out, file);
  if (ensemble === null) {
    const message =
      "The test accuracy of the ensemble was not measured: a run does so with ensemble: true in the " +
      "experiment file.";
    observe({ type: "note", message });
  }
  return { facts: nets[0].facts, ensemble: { ...facts, nets: nets.length }, fileSha256: sha256Hex(file) };
}

/** Returns the net of a trial with its weights. */
async function modelOf(picked: PickedTrial, regaining: Regaining): Promise<TrainedModel> {
  const { plan, datasets } = regaining;
  const dataset = datasetOf(picked.trial, datasets);
  const net = createNet(picked.trial, { dataset });
  net.restore(await weightsOf(picked, regaining));
  const own = trialDataset(picked.trial, dataset);
  const model = { facts: await factsOf(picked, { plan, dataset: own }), net, mean: own.mean };
  checkFinite(model, { action: `export ${picked.trial.id}` });
  return model;
}

interface Regaining extends ExportOptions {
  readonly plan: Plan;
  readonly datasets: Datasets;
}

async function weightsOf({ trial, result }: PickedTrial, regaining: Regaining): Promise<Uint8Array> {
  const { plan, datasets, signal, observe, engine = workersEngine({ workers: 1 }) } = regaining;
  const { weightsSha256 } = result;
  const kept = await readWeights(plan, { trial: trial.id, weightsSha256 });
  if (kept !== null) return kept;
  const message = `The weights of trial ${trial.id} are not kept: it is trained again.`;
  observe({ type: "note", message });
  let end = "no end";
  const weights = await trainAgain(trial, {
    engine,
    datasets,
    signal,
    observe: (event) => end = event.type === "done" ? event.weightsSha256 : event.type,
  });
  if (end === weightsSha256) return weights;
  throw new BrokenPromiseError(
    `Cannot export ${trial.id}: training it again must give weights with the SHA-256 ${weightsSha256}, found ${end}`,
  );
}

interface FactsSource {
  readonly plan: Plan;
  /** The trial's own, such as that of its fold. */
  readonly dataset: Dataset;
}

async function factsOf(
  { trial, result }: PickedTrial,
  { plan, dataset }: FactsSource,
): Promise<ModelFacts> {
  const { experiment, baseDir } = plan.loaded;
  const { id, data } = trial;
  const { preparation, featureNames = null } = dataset;
  return {
    experiment: experiment.name,
    trial: id,
    ...placeOf(trial),
    seed: trial.seed,
    data,
    model: trial.model,
    solver: trial.solver,
    dataDigest: trial.dataDigest,
    weightsSha256: result.weightsSha256,
    numericsVersion: NUMERICS_VERSION,
    bestEpoch: result.bestEpoch,
    ...result.bestValidationAccuracy === null ? {} : { validationAccuracy: result.bestValidationAccuracy },
    // With folds it is that of several nets.
    testAccuracy: trial.fold === undefined ? result.testAccuracy : null,
    ...result.bestMetrics === undefined ? {} : { bestMetrics: result.bestMetrics },
    ...result.testMetrics === undefined || trial.fold !== undefined
      ? {}
      : { testMetrics: result.testMetrics },
    inputDim: dataset.inputDim,
    featureNames: data.kind === "csv" ? await readFeatureNames(data, { baseDir }) : featureNames,
    classNames: dataset.classNames,
    ...dataset.targets === undefined ? {} : { targets: dataset.targets },
    image: dataset.image,
    ...preparation === undefined ? {} : { preparation },
  };
}
