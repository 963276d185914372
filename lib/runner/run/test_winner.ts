import { MOST_PREDICTED } from "../../experiment/trial/inspection.ts";
import { datasetOf } from "../../engine/engine_setting.ts";
import type { TrainedTrial } from "../../experiment/evaluation/trained_trial.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { DivergedEvent, TrialEvent } from "../../experiment/trial/trial_event.ts";
import type { InspectionRecord } from "../../journal/journal_record.ts";
import type { TrialLog } from "../../journal/trial_log.ts";
import { LeadingWeights, readWeights } from "../results/leading_weights.ts";
import {
  bestRepeat,
  ensembleRecord,
  inspectionRecord,
  repeatsOf,
  testRecord,
} from "../results/test_records.ts";
import { summarizeLog } from "../results/write_report.ts";
import type { RunContext } from "./run_context.ts";
import { trainAgain } from "./train_again.ts";

/**
 * Evaluates each repeat of the winning point on the test split, its folds together, inspects the best of them, evaluates all of
 * them together where the experiment has an ensemble, and journals each.
 *
 * It does nothing while a trial is pending, so that the test split is never used for a preliminary winner, and skips
 * what the journal has. Missing weights are trained again. A point without a finite score for a row of the test split
 * has diverged: the next best point is then the winner, and is tested too.
 */
export async function testWinner(run: RunContext): Promise<void> {
  while (!await testLeader(run));
}

/**
 * Tests the leading point, and returns whether its results are valid: none of its repeats diverged on the test split.
 */
async function testLeader(run: RunContext): Promise<boolean> {
  const { plan, journal, options: { kernels } } = run;
  const { experiment } = plan.loaded;
  const { winner, counts } = summarizeLog(plan, journal.log);
  if (winner === null || counts.pending > 0) return true;
  const known = journal.log.tests();
  const best = bestRepeat(winner, experiment);
  const trials = new Map(plan.grid.trials.map((trial) => [trial.id, trial]));
  const trained = async (ids: readonly string[]) => {
    const nets: TrainedTrial[] = [];
    for (const id of ids) nets.push(await trainedTrial(trials.get(id)!, run));
    return { nets, setting: { dataset: datasetOf(nets[0].trial, await run.loadData()), kernels } };
  };
  let isValid = true;
  for (const [index, ids] of repeatsOf(winner).entries()) {
    const [first] = ids;
    const isInspected = index !== best ||
      isWhole(journal.log.inspection(first), testRows(trials.get(first)!, journal.log));
    if (known.has(first) && isInspected) continue;
    const { nets: repeat, setting } = await trained(ids);
    const record = known.has(first) ? null : testRecord(repeat, setting);
    if (record !== null) journal.append(record);
    if (record?.type === "diverged") {
      await noteDivergence(record, run);
      isValid = false;
    } else if (!isInspected) journal.append(inspectionRecord(repeat, setting));
  }
  if (isValid && experiment.ensemble && journal.log.ensemble(winner.trials) === null) {
    const { nets, setting } = await trained(winner.trials);
    const record = ensembleRecord(nets, setting);
    journal.append(record);
    if (record.type === "diverged") {
      await noteDivergence(record, run);
      isValid = false;
    }
  }
  await journal.sync();
  return isValid;
}

async function noteDivergence(
  { trial, reason }: DivergedEvent,
  { journal, observe }: RunContext,
): Promise<void> {
  await journal.sync();
  observe({ type: "note", message: `The winner's trial ${trial} diverged: ${reason}.` });
}

/** Returns a trial of the winner with its weights; missing ones are trained again. */
async function trainedTrial(trial: Trial, run: RunContext): Promise<TrainedTrial> {
  const { plan, journal, options: { signal } } = run;
  signal.throwIfAborted();
  const done = journal.log.done(trial.id)!;
  const weights = await readWeights(plan, { trial: trial.id, weightsSha256: done.weightsSha256 }) ??
    await regainWeights(trial, run);
  return { ...done, trial, weights };
}

/** Returns whether an inspection has all that a report shows; one of version 0.1 lacks the predictions. */
function isWhole(inspection: InspectionRecord | null, rows: number): boolean {
  if (inspection === null) return false;
  return inspection.predictions !== undefined || inspection.targets !== undefined || rows > MOST_PREDICTED;
}

/** Returns the rows of the test split; those of a table are known from the journal. */
function testRows({ data, dataDigest }: Trial, log: TrialLog): number {
  if (data.kind !== "table") return data.test;
  return log.findings().datasets?.find((facts) => facts.dataDigest === dataDigest)?.rows.test ?? 0;
}

/** Runs a finished trial again for its weights; the journal throws if an event differs from the first run. */
async function regainWeights(trial: Trial, run: RunContext): Promise<Uint8Array> {
  const { plan, journal, engine, observe, options: { kernels, signal } } = run;
  observe({
    type: "note",
    message: `The weights of the winner's trial ${trial.id} are missing: it is trained again.`,
  });
  const datasets = await run.loadData();
  const append = (event: TrialEvent) => void journal.append(event);
  const weights = await trainAgain(trial, { engine, datasets, kernels, signal, observe: append });
  await (await LeadingWeights.open(plan, journal)).end(trial.id, weights);
  return weights;
}
