import type { KernelKind } from "../../core/facts/kernel_kind.ts";
import type { Dataset } from "../../data/base/dataset.ts";
import type { Engine } from "../../engine/engine.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { TrialEvent } from "../../experiment/trial/trial_event.ts";
import type { Journal } from "../../journal/journal.ts";
import type { Plan } from "../plan/plan_run.ts";
import type { RunEvent } from "../plan/run_event.ts";
import { LeadingWeights, readWeights } from "../results/leading_weights.ts";
import { bestTrial, inspectionRecord, testRecord } from "../results/test_records.ts";
import { summarizeLog } from "../results/write_report.ts";
import { trainAgain } from "./train_again.ts";

/** What testing the winner takes, besides the plan. */
export interface WinnerTest {
  readonly journal: Journal;
  readonly loadData: () => Promise<Dataset>;
  readonly engine: Engine;
  readonly kernels?: KernelKind;
  readonly signal: AbortSignal;
  readonly observe: (event: RunEvent) => void;
}

/**
 * Evaluates each repeat of the winning point on the test split, looks at the best of them closely, and journals both.
 *
 * Does nothing while a trial is pending, so that the test split is never opened for a winner to be overtaken, and
 * nothing that the journal has. Weights that are missing are trained again. A point that has no finite score for a row
 * of the test split has diverged: the next best point is the winner, and is tested in its turn.
 */
export async function testWinner(plan: Plan, test: WinnerTest): Promise<void> {
  while (!await testLeader(plan, test));
}

/** Tests the point that leads, and returns whether its results stand: none of its repeats diverged on the test split. */
async function testLeader(plan: Plan, test: WinnerTest): Promise<boolean> {
  const { journal, kernels, signal, observe } = test;
  const { winner, counts } = summarizeLog(plan, journal.log);
  if (winner === null || counts.pending > 0) return true;
  const known = journal.log.testAccuracies();
  const best = bestTrial(winner);
  let stands = true;
  for (const id of winner.trials) {
    const isInspected = id !== best || journal.log.inspection(id) !== null;
    if (known.has(id) && isInspected) continue;
    signal.throwIfAborted();
    const trial = plan.grid.trials.find((candidate) => candidate.id === id)!;
    const done = journal.log.done(id)!;
    const weights = await readWeights(plan, { trial: id, weightsSha256: done.weightsSha256 }) ??
      await regainWeights(trial, { plan, test });
    const trained = { dataset: await test.loadData(), kernels, weights };
    const record = known.has(id) ? null : testRecord(trial, { ...trained, bestEpoch: done.bestEpoch });
    if (record !== null) journal.append(record);
    if (record?.type === "diverged") {
      await journal.sync();
      observe({ type: "note", message: `The winner's trial ${id} diverged: ${record.reason}.` });
      stands = false;
    } else if (!isInspected) journal.append(inspectionRecord(trial, trained));
  }
  await journal.sync();
  return stands;
}

/** Runs a finished trial again for its weights; the journal throws if any event differs from the first time. */
async function regainWeights(
  trial: Trial,
  { plan, test }: { readonly plan: Plan; readonly test: WinnerTest },
): Promise<Uint8Array> {
  const { journal, engine, kernels, signal } = test;
  test.observe({
    type: "note",
    message: `The weights of the winner's trial ${trial.id} are missing: it is trained again.`,
  });
  const dataset = await test.loadData();
  const hear = (event: TrialEvent) => void journal.append(event);
  const weights = await trainAgain(trial, { engine, dataset, kernels, signal, hear });
  await (await LeadingWeights.open(plan, journal)).end(trial.id, weights);
  return weights;
}
