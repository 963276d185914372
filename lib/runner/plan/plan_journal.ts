import type { EpochsOf } from "../../journal/missing_epoch.ts";
import { readJournal } from "../../journal/read_journal.ts";
import type { Replay } from "../../journal/replay_journal.ts";
import { readSalvaged } from "../../journal/salvage_journal.ts";
import type { Plan } from "./plan_run.ts";

/**
 * Reads the journal of a plan without locking or changing it.
 *
 * @param options.salvage Whether to leave out what is damaged, as a run that salvages it would. Default: false.
 * @returns What it says, or null if there is none.
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

/** Returns how many epochs a trial of the grid trains; of others that is not known. */
export function epochsOfPlan({ grid }: Pick<Plan, "grid">): EpochsOf {
  const epochs = new Map(grid.trials.map(({ id, solver }) => [id, solver.epochs]));
  return (trial) => epochs.get(trial);
}
