import { InputError } from "../../core/check/errors.ts";
import { listed } from "../../core/text/listed.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import { isTested } from "../../report/summary/metric.ts";
import type { EnsembleResult, Summary, TrialResult, Winner } from "../../report/summary/summary.ts";
import { readPlanJournal } from "../plan/plan_journal.ts";
import type { Plan } from "../plan/plan_run.ts";
import { readResults } from "./read_results.ts";
import { bestTrial } from "./test_records.ts";
import { summarizeLog } from "./write_report.ts";

/** A trial that is done, with its result. */
export interface PickedTrial {
  readonly trial: Trial;
  readonly result: TrialResult & { readonly [K in keyof Done]: NonNullable<TrialResult[K]> };
  /** How many nets were tested together, of which this trial's is one; null if it was tested alone or not at all. */
  readonly testedTogether: number | null;
}

type Done = Pick<TrialResult, "bestEpoch" | "bestValidationAccuracy" | "weightsSha256">;

/**
 * Picks the trial with the given beginning of its id. Without one, it picks the winner's best trial, the
 * first of equal ones.
 *
 * It reads the journal or, in a clone without one, the committed files.
 *
 * @throws {InputError} If no trial or several match, there is no winner yet, or the trial is not done.
 */
export async function pickTrial(
  plan: Plan,
  { id }: { readonly id?: string },
): Promise<PickedTrial> {
  const summary = await knownSummary(plan);
  return pickedTrial(plan, {
    summary,
    id: id === undefined ? bestTrial(winnerOf(plan, summary), summary.experiment) : findTrial(plan, id),
  });
}

interface Picking {
  readonly summary: Summary;
  readonly id: string;
}

function pickedTrial({ grid, loaded, folder }: Plan, { summary, id: picked }: Picking): PickedTrial {
  const trial = grid.trials.find((candidate) => candidate.id === picked);
  if (trial === undefined) {
    throw new InputError(
      `Cannot export the winner of ${loaded.experiment.name}: ${folder} must be of this grid, found trial ` +
        `${picked}, which is not in it; run ${loaded.file}`,
    );
  }
  const result = summary.trials.find((candidate) => candidate.trial === trial.id);
  const isOfWinner = summary.winner !== null && isTested(summary.winner) &&
    summary.winner.trials.includes(trial.id);
  const testedTogether = isOfWinner ? trial.data.folds ?? null : null;
  if (isDone(result)) return { trial, result, testedTogether };
  const reason = result?.reason === null || result === undefined ? "" : `, ${result.reason}`;
  throw new InputError(
    `Cannot export ${trial.id}: it must have trained to its end, found it ${
      result?.status ?? "pending"
    }${reason}`,
  );
}

/** The nets of the winning point, and what they have together. */
export interface PickedWinner {
  /** One per repeat, or one per fold of each, in their order. */
  readonly nets: readonly PickedTrial[];
  /** Null if it was not measured. */
  readonly ensemble: EnsembleResult | null;
}

/**
 * Picks every trial of the winning point, to predict together. It reads what {@link pickTrial} reads.
 *
 * @throws {InputError} If there is no winner yet, or it has one trial.
 */
export async function pickWinner(plan: Plan): Promise<PickedWinner> {
  const summary = await knownSummary(plan);
  const winner = winnerOf(plan, summary);
  if (winner.trials.length === 1) {
    throw new InputError(
      `Cannot export the ensemble of ${plan.loaded.experiment.name}: the winner must have at least 2 nets, found 1; ` +
        "repeats from 2 on or data.folds give it several",
    );
  }
  const nets = winner.trials.map((id) => pickedTrial(plan, { summary, id }));
  return { nets, ensemble: winner.ensemble ?? null };
}

async function knownSummary(plan: Plan): Promise<Summary> {
  const replay = readPlanJournal(plan);
  if (replay !== null) return summarizeLog(plan, replay.log);
  const committed = await readResults(plan.folder);
  if (committed !== null) return committed.summary;
  const { experiment, file } = plan.loaded;
  throw new InputError(
    `Cannot export from ${experiment.name}: there is no journal and no summary in ` +
      `${plan.folder}; run ${file}`,
  );
}

function findTrial({ grid, loaded }: Plan, id: string): string {
  const found = grid.trials.filter((trial) => trial.id.startsWith(id)).map((trial) => trial.id);
  if (found.length === 1) return found[0];
  throw new InputError(
    `Cannot export ${id}: --trial must be the beginning of one trial's id${
      found.length === 0
        ? `; run ${loaded.file} --dry-run lists them`
        : `, found ${listed(found, { most: 3 })}`
    }`,
  );
}

function winnerOf({ loaded }: Plan, { winner, counts }: Summary): Winner {
  const action = `export the winner of ${loaded.experiment.name}`;
  if (counts.pending > 0) {
    throw new InputError(
      `Cannot ${action}: every trial must have ended, found ${counts.pending} of ${counts.trials} pending; ` +
        `run ${loaded.file}, or name a trial with --trial`,
    );
  }
  if (winner === null) {
    throw new InputError(
      `Cannot ${action}: no point has all its repeats done; name a trial with --trial`,
    );
  }
  return winner;
}

function isDone(result: TrialResult | undefined): result is PickedTrial["result"] {
  return result?.status === "done";
}
