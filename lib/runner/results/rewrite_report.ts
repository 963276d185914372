import { InputError } from "../../core/check/errors.ts";
import { checkHeader } from "../../journal/check_header.ts";
import type { LoadedExperiment } from "../plan/load_experiment.ts";
import { readPlanJournal } from "../plan/plan_journal.ts";
import { planRun } from "../plan/plan_run.ts";
import type { RunOutcome } from "./run_outcome.ts";
import { writeReport } from "./write_report.ts";

/**
 * Writes the report of an experiment again from its journal, without running anything.
 *
 * @throws {InputError} If there is no journal, or it has another experiment, other data or another numerics version.
 * Such a report would have no trials, and would replace one with results.
 */
export async function rewriteReport(
  loaded: LoadedExperiment,
  { resultsDir }: { readonly resultsDir: string },
): Promise<RunOutcome> {
  const plan = await planRun(loaded, { resultsDir });
  const replay = readPlanJournal(plan);
  if (replay === null) {
    throw new InputError(
      `Cannot report on ${loaded.experiment.name}: it has not run here, there is no ${plan.journalPath}`,
    );
  }
  checkHeader(replay.header, { header: plan.header, path: plan.journalPath });
  const summary = await writeReport(plan, replay.log);
  return { status: "complete", summary, folder: plan.folder, ended: 0 };
}
