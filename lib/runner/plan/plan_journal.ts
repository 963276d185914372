import type { EpochsOf } from "../../journal/missing_epoch.ts";
import { readJournal } from "../../journal/read_journal.ts";
import type { Replay } from "../../journal/replay_journal.ts";
import { readSalvaged } from "../../journal/salvage_journal.ts";
import type { Plan } from "./plan_run.ts";

/**
 * Reads the journal of a plan without locking or changing it.
 *
 * @param options.salvage Whether to skip damaged records, as `--salvage` does. Default: false.
 * @returns Its content, or null if there is none.
 * @throws {InputError} If a record is damaged or missing, or the file cannot be read.
 */
export function readPlanJournal(
  plan: Plan,
  { salvage = false }: { readonly salvage?: boolean } = {},
): Replay | null {
  const { journalPath, header } = plan;
  const options = { header, epochsOf: epochsOfPlan(plan) };
  return salvage ? readSalvaged(journalPath, options) : readJournal(journalPath, options);
}

/**
 * Returns a function for the number of epochs of the grid's trials; undefined for others, and for those with patience, which
 * say at their end how many they were.
 */
export function epochsOfPlan({ grid }: Pick<Plan, "grid">): EpochsOf {
  const fixed = grid.trials.filter(({ solver }) => solver.patience === undefined);
  const epochs = new Map(fixed.map(({ id, solver }) => [id, solver.epochs]));
  return (trial) => epochs.get(trial);
}
