import { join } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import { writeFileWhole } from "../../files/write_file_whole.ts";
import { checkHeader } from "../../journal/check_header.ts";
import type { Story } from "../../report/story/story.ts";
import type { LoadedExperiment } from "../plan/load_experiment.ts";
import { readPlanJournal } from "../plan/plan_journal.ts";
import { planRun } from "../plan/plan_run.ts";
import type { RunOutcome } from "./run_outcome.ts";
import { writeReport } from "./write_report.ts";

/** Options of {@link rewriteReport}. */
export interface RewriteOptions {
  readonly resultsDir: string;
  /** Folder for methods and tables of a paper, in a folder per experiment. Default: none are written. */
  readonly paperDir?: string;
}

/**
 * Writes the report of an experiment again from its journal, without running anything.
 *
 * @throws {InputError} If there is no journal, or it has another experiment, other data or another numerics version.
 * Such a report would have no trials, and would replace one with results.
 */
export async function rewriteReport(
  loaded: LoadedExperiment,
  { resultsDir, paperDir }: RewriteOptions,
): Promise<RunOutcome> {
  const plan = await planRun(loaded, { resultsDir });
  const replay = readPlanJournal(plan);
  if (replay === null) {
    throw new InputError(
      `Cannot report on ${loaded.experiment.name}: it has not run here, there is no ${plan.journalPath}`,
    );
  }
  checkHeader(replay.header, { header: plan.header, path: plan.journalPath });
  const story = await writeReport(plan, replay.log);
  if (paperDir !== undefined) await writePaper(join(paperDir, loaded.experiment.name), story);
  const { summary } = story;
  return { status: "complete", summary, folder: plan.folder, ended: 0 };
}

/** Writes methods and tables for a paper to a folder, which is made if it is not there. */
async function writePaper(folder: string, story: Story): Promise<void> {
  const { paperFiles } = await import("../../report/paper/paper_files.ts");
  for (const [name, text] of paperFiles(story)) await writeFileWhole(join(folder, name), text);
}
