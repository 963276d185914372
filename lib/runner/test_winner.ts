import type { KernelKind } from "../core/kernel_kind.ts";
import type { Dataset } from "../data/dataset.ts";
import { type Engine, isTrialEvent } from "../engine/engine.ts";
import { evaluateTrial } from "../experiment/evaluate_trial.ts";
import type { Trial } from "../experiment/trial.ts";
import type { Journal } from "../journal/journal.ts";
import { keepLeadingWeights, readWeights } from "./leading_weights.ts";
import type { Plan } from "./plan_run.ts";
import type { RunEvent } from "./run_event.ts";
import { summarizeLog } from "./write_report.ts";

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
 * Evaluates each repeat of the winning point on the test split, and journals the accuracies.
 *
 * Does nothing while a trial is pending, so that the test split is never opened for a winner to be overtaken, and
 * nothing for repeats whose test accuracy the journal has. Weights that are missing are trained again.
 */
export async function testWinner(plan: Plan, test: WinnerTest): Promise<void> {
  const { journal, kernels, signal } = test;
  const { winner, counts } = summarizeLog(plan, journal.log);
  if (winner === null || counts.pending > 0) return;
  const known = journal.log.testAccuracies();
  for (const id of winner.trials) {
    if (known.has(id)) continue;
    signal.throwIfAborted();
    const trial = plan.grid.trials.find((candidate) => candidate.id === id)!;
    const done = journal.log.done(id)!;
    const weights = await readWeights(plan, { trial: id, weightsSha256: done.weightsSha256 }) ??
      await trainAgain(trial, { plan, test });
    const { testAccuracy } = evaluateTrial(trial, { dataset: await test.loadData(), kernels, weights });
    journal.append({ type: "test", trial: id, testAccuracy });
  }
}

/** Runs a finished trial again for its weights; the journal throws if any event differs from the first time. */
async function trainAgain(
  trial: Trial,
  { plan, test }: { readonly plan: Plan; readonly test: WinnerTest },
): Promise<Uint8Array> {
  const { journal, engine, kernels, signal } = test;
  test.observe({
    type: "note",
    message: `The weights of the winner's trial ${trial.id} are missing: it is trained again.`,
  });
  let found: Uint8Array | null = null;
  for await (
    const { event, weights } of engine([trial], { dataset: await test.loadData(), kernels, signal })
  ) {
    if (!isTrialEvent(event)) continue;
    if (event.type === "failed") {
      throw new Error(
        `Cannot train the winner ${trial.id} again for its weights: it failed, ${event.reason}`,
      );
    }
    journal.append(event);
    if (event.type === "done") found = weights ?? null;
  }
  signal.throwIfAborted();
  if (found === null) {
    throw new Error(`Cannot train the winner ${trial.id} again: the engine gave no weights`);
  }
  await keepLeadingWeights(plan, { log: journal.log, trial: trial.id, weights: found });
  return found;
}
