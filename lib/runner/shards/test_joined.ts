import { InputError } from "../../core/check/errors.ts";
import type { KernelKind } from "../../core/facts/kernel_kind.ts";
import { datasetOf } from "../../engine/engine_setting.ts";
import { workersEngine } from "../../engine/threads/workers.ts";
import type { TrainedTrial } from "../../experiment/evaluation/trained_trial.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { DivergedEvent } from "../../experiment/trial/trial_event.ts";
import { writeFileWhole } from "../../files/write_file_whole.ts";
import type { EnsembleRecord, InspectionRecord, TestRecord } from "../../journal/journal_record.ts";
import { readWeights, weightsPath } from "../results/leading_weights.ts";
import {
  bestRepeat,
  ensembleRecord,
  inspectionRecord,
  repeatsOf,
  testRecord,
} from "../results/test_records.ts";
import { trainAgain } from "../run/train_again.ts";
import { type Joined, summarizeJoined } from "./joined_shards.ts";

/** Options of {@link testJoined}. */
export interface TestOptions {
  readonly kernels?: KernelKind;
  readonly signal: AbortSignal;
}

/** The result of testing the winner. */
export interface Tested {
  readonly tests: readonly TestRecord[];
  readonly inspection: InspectionRecord | null;
  /** Null without one. */
  readonly ensemble: EnsembleRecord | null;
  /** Trials of leading points that diverged on the test split. */
  readonly diverged: readonly DivergedEvent[];
  /** The joined results, with those trials as diverged. */
  readonly joined: Joined;
}

/**
 * Evaluates the winner of the whole grid on the test split, with the weights that its shards kept. Like `testWinner`,
 * it continues with the next best point if one diverges there.
 */
export async function testJoined(joined: Joined, options: TestOptions): Promise<Tested> {
  const { plan, datasets } = joined;
  const { winner } = summarizeJoined(joined, { tests: [], ensemble: null });
  if (winner === null) return { tests: [], inspection: null, ensemble: null, diverged: [], joined };
  const { kernels } = options;
  const tests: TestRecord[] = [];
  const diverged: DivergedEvent[] = [];
  let inspection: InspectionRecord | null = null;
  const nets: TrainedTrial[] = [];
  const best = bestRepeat(winner, plan.loaded.experiment);
  for (const [index, ids] of repeatsOf(winner).entries()) {
    const repeat: TrainedTrial[] = [];
    for (const id of ids) repeat.push(await trainedTrial(id, { joined, options }));
    nets.push(...repeat);
    const setting = { dataset: datasetOf(repeat[0].trial, datasets), kernels };
    const record = testRecord(repeat, setting);
    if (record.type === "diverged") diverged.push(record);
    else {
      tests.push(record);
      if (index === best) inspection = inspectionRecord(repeat, setting);
    }
  }
  let ensemble: EnsembleRecord | null = null;
  if (diverged.length === 0 && plan.loaded.experiment.ensemble) {
    const record = ensembleRecord(nets, { dataset: datasetOf(nets[0].trial, datasets), kernels });
    if (record.type === "diverged") diverged.push(record);
    else ensemble = record;
  }
  if (diverged.length === 0) return { tests, inspection, ensemble, diverged, joined };
  const rest = await testJoined(withoutDiverged(joined, diverged), options);
  return { ...rest, tests: [...tests, ...rest.tests], diverged: [...diverged, ...rest.diverged] };
}

interface FindTrained {
  readonly joined: Joined;
  readonly options: TestOptions;
}

async function trainedTrial(id: string, { joined, options }: FindTrained): Promise<TrainedTrial> {
  const { plan, results } = joined;
  const { weightsSha256, bestEpoch, bestValidationAccuracy, bestMetrics } = results.get(id)!;
  const trial = plan.grid.trials.find((candidate) => candidate.id === id)!;
  const weights = await findWeights(joined, { trial, weightsSha256: weightsSha256!, options });
  await writeFileWhole(weightsPath(plan, id), weights);
  return {
    trial,
    weights,
    bestEpoch: bestEpoch!,
    bestValidationAccuracy: bestValidationAccuracy ?? undefined,
    bestMetrics,
  };
}

function withoutDiverged(joined: Joined, diverged: readonly DivergedEvent[]): Joined {
  const results = new Map(joined.results);
  const nothing = { bestEpoch: null, bestValidationAccuracy: null, weightsSha256: null };
  for (const { trial, reason } of diverged) {
    const { bestMetrics: _, ...result } = results.get(trial)!;
    results.set(trial, { ...result, ...nothing, status: "diverged", reason });
  }
  return { ...joined, results, isRepeated: true };
}

interface FindWeights {
  readonly trial: Trial;
  readonly weightsSha256: string;
  readonly options: TestOptions;
}

async function findWeights(
  { folders, datasets, isRepeated }: Joined,
  { trial, weightsSha256, options }: FindWeights,
): Promise<Uint8Array> {
  for (const folder of folders) {
    const weights = await readWeights({ folder }, { trial: trial.id, weightsSha256 });
    if (weights !== null) return weights;
  }
  if (isRepeated) {
    const { kernels, signal } = options;
    return await trainAgain(trial, {
      engine: workersEngine({ workers: 1 }),
      datasets,
      kernels,
      signal,
      observe: () => {},
    });
  }
  throw new InputError(
    `Cannot test the winner ${trial.id}: its shard must have its weights, which are not in ${
      folders.join(", ")
    }; ` +
      "keep the folder weights next to summary.json",
  );
}
