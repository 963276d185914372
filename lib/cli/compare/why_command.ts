import { InputError } from "../../core/check/errors.ts";
import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import { changeText } from "../../report/compare/describe_comparison.ts";
import { explainFiles } from "../../runner/results/explain_files.ts";
import type { TrialExplanation } from "../../runner/results/explain_trial.ts";
import type { RunCommand } from "../args/command.ts";
import { FLAGS } from "../args/flags.ts";
import { trialText } from "../text/event_text.ts";

/** `why TRIAL`: says why a trial will run, or will not. */
export const whyCommand: RunCommand = async (line, terminal) => {
  const [id, ...named] = line.operands;
  if (id === undefined || !/^[0-9a-f]{1,16}$/.test(id)) {
    throw new InputError(
      `Cannot explain a trial: it must be the id of one, or how it begins${
        id === undefined ? "" : `, found "${id}"`
      }; run FILE --dry-run lists them`,
    );
  }
  const explanations = await explainFiles(named, {
    id,
    resultsDir: line.get(FLAGS.results),
    experimentsDir: line.get(FLAGS.experiments),
    isTrusted: line.get(FLAGS.trustExperiment),
    onProblem: (problem) => terminal.writeError(`note: ${problem}\n`),
  });
  for (const explanation of explanations) terminal.write(explanationText(explanation));
  return EXIT_CODES.good;
};

const FATES: Readonly<Record<TrialExplanation["fate"], (explanation: TrialExplanation) => string>> = {
  "has a result": ({ reason }) =>
    `has a result${reason === null ? "" : ` (${reason})`} and will not run: nothing that decides it changed`,
  failed: ({ reason }) => `failed and will be tried again: ${reason}`,
  changed: ({ before, changes }) => `will run: ${changes.map(changeText).join(", ")}; it was ${before}`,
  new: () => "will run: no trial of its point and repeat has a result here",
};

function explanationText(explanation: TrialExplanation): string {
  const { experiment, trial, fate } = explanation;
  return `${experiment} ${trial.id}, ${trialText(trial)}, ${FATES[fate](explanation)}\n`;
}
