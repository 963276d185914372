import { basename, join } from "node:path";
import { BrokenPromiseError, InputError } from "../../core/check/errors.ts";
import { fileProblem } from "../../files/file_problem.ts";
import { TrialLog } from "../../journal/trial_log.ts";
import type { Counts, Winner } from "../../report/summary/summary.ts";
import { RunawayError } from "../declare/watch_declaration.ts";
import { HELPER_PREFIX, loadExperiment } from "../plan/load_experiment.ts";
import { readPlanJournal } from "../plan/plan_journal.ts";
import { planRun } from "../plan/plan_run.ts";
import { summarizeLog } from "./write_report.ts";

/** An experiment file, and the state of its experiment here. */
export interface ListedExperiment {
  readonly file: string;
  readonly name: string;
  /** Null if the experiment is invalid. */
  readonly state: { readonly counts: Counts; readonly winner: Winner | null } | null;
  /** What is wrong with it, or null. */
  readonly problem: string | null;
}

/** Options of {@link listExperiments}. */
export interface ListOptions {
  /** Folder of experiment files. */
  readonly experimentsDir: string;
  readonly resultsDir: string;
  /** Gives experiment files all permissions of this process. Default: false. */
  readonly isTrusted?: boolean;
}

/**
 * Lists the experiment files of a folder, ordered by name; an invalid one is listed with its problem.
 *
 * @throws {InputError} If there is no such folder, or a file exhausts the memory.
 */
export async function listExperiments(
  { experimentsDir, resultsDir, isTrusted }: ListOptions,
): Promise<readonly ListedExperiment[]> {
  const listed: ListedExperiment[] = [];
  for (const file of await experimentFiles(experimentsDir)) {
    const name = basename(file, ".ts");
    try {
      const loaded = await loadExperiment(file, { isTrusted });
      const plan = await planRun(loaded, { resultsDir });
      const log = readPlanJournal(plan)?.log ?? new TrialLog();
      const { counts, winner } = summarizeLog(plan, log);
      listed.push({ file, name, state: { counts, winner }, problem: null });
    } catch (error) {
      if (error instanceof RunawayError) throw error;
      if (!(error instanceof InputError || error instanceof BrokenPromiseError)) throw error;
      listed.push({ file, name, state: null, problem: error.message });
    }
  }
  return listed;
}

/** Returns the experiment files of a folder without helpers, ordered by name. */
export async function experimentFiles(folder: string): Promise<readonly string[]> {
  const files: string[] = [];
  try {
    for await (const { name, isFile } of Deno.readDir(folder)) {
      if (isFile && name.endsWith(".ts") && !name.startsWith(HELPER_PREFIX)) files.push(join(folder, name));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw fileProblem(error, { action: "read", path: folder });
    throw new InputError(`Cannot list experiments: folder not found: ${folder}`);
  }
  return files.sort();
}
