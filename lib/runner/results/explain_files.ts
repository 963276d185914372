import { InputError } from "../../core/check/errors.ts";
import { quotedList } from "../../core/text/quoted.ts";
import { RunawayError } from "../declare/watch_declaration.ts";
import { loadExperiment } from "../plan/load_experiment.ts";
import { explainTrials, type TrialExplanation } from "./explain_trial.ts";
import { experimentFiles } from "./list_experiments.ts";

/** Options of {@link explainFiles}. */
export interface ExplainFilesOptions {
  /** Beginning of the trials' ids. */
  readonly id: string;
  readonly resultsDir: string;
  /** Folder of the experiment files, used if none are named. */
  readonly experimentsDir: string;
  readonly isTrusted: boolean;
  /** Called for a file that cannot be loaded and was not named: the trial may be in another file. */
  readonly onProblem: (problem: string) => void;
}

/**
 * Explains the trials with the given beginning of ids, in the given files or in all files of a folder.
 *
 * @throws {InputError} If there are none, or a named file is wrong.
 */
export async function explainFiles(
  named: readonly string[],
  { id, resultsDir, experimentsDir, isTrusted, onProblem }: ExplainFilesOptions,
): Promise<readonly TrialExplanation[]> {
  const files = named.length > 0 ? named : await experimentFiles(experimentsDir);
  const explanations: TrialExplanation[] = [];
  for (const file of files) {
    try {
      const loaded = await loadExperiment(file, { isTrusted });
      explanations.push(...await explainTrials(loaded, { resultsDir, id }));
    } catch (error) {
      if (named.length > 0 || !(error instanceof InputError) || error instanceof RunawayError) throw error;
      onProblem(error.message);
    }
  }
  if (explanations.length > 0) return explanations;
  throw new InputError(
    `Cannot explain ${id}: no trial of ${quotedList(files)} has this id`,
  );
}
