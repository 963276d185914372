import { InputError } from "../../core/check/errors.ts";
import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import { metricFacts, USUAL_METRIC } from "../../core/facts/metric.ts";
import { isModulePath } from "../../core/text/is_module_path.ts";
import { quoted } from "../../core/text/quoted.ts";
import { metricText } from "../../report/summary/metric_text.ts";
import { explainFiles } from "../../runner/results/explain_files.ts";
import type { TrialExplanation } from "../../runner/results/explain_trial.ts";
import { previewRun } from "../../runner/results/preview_run.ts";
import type { CommandLine, RunCommand } from "../args/command.ts";
import { FLAGS } from "../args/flags.ts";
import { loadFiles } from "../args/load_files.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { wrapText } from "../terminal/wrap_text.ts";
import { trialText } from "../text/event_text.ts";
import { changesText, pendingText } from "../text/group_text.ts";

/** `why FILE…` or `why TRIAL [FILE…]`: says why trials will run, or will not. */
export const whyCommand: RunCommand = async (line, terminal) => {
  const [first, ...named] = line.operands;
  if (first === undefined || !(/^[0-9a-f]{1,16}$/.test(first) || isModulePath(first))) {
    throw new InputError(
      `Cannot explain trials: an experiment file, or the id of a trial or how it begins, must be named${
        first === undefined ? "" : `, found ${quoted(first)}`
      }; run FILE --dry-run lists the ids`,
    );
  }
  if (first.includes(".")) await explainExperiments(line, terminal);
  else await explainIds(first, { named, line, terminal });
  return EXIT_CODES.good;
};

async function explainExperiments(line: CommandLine, terminal: Terminal): Promise<void> {
  for (const loaded of await loadFiles(line.operands, { line })) {
    const { trials, ...pending } = await previewRun(loaded, { resultsDir: line.get(FLAGS.results) });
    const count = trials.filter(({ fate }) => fate === "runs").length;
    const text = `${loaded.experiment.name}: ${count} of ${trials.length} trials to run\n${
      pendingText(pending, { hasIds: true })
    }`;
    terminal.write(wrapText(text, terminal));
  }
}

interface ExplainIds {
  readonly named: readonly string[];
  readonly line: CommandLine;
  readonly terminal: Terminal;
}

async function explainIds(id: string, { named, line, terminal }: ExplainIds): Promise<void> {
  const explanations = await explainFiles(named, {
    id,
    resultsDir: line.get(FLAGS.results),
    experimentsDir: line.get(FLAGS.experiments),
    isTrusted: line.get(FLAGS.trustExperiment),
    onProblem: (problem) =>
      terminal.writeError(wrapText(`note: ${problem}\n`, { columns: terminal.columnsError })),
  });
  for (const explanation of explanations) terminal.write(wrapText(explanationText(explanation), terminal));
}

type Say = (explanation: TrialExplanation) => string;

const FATES: Readonly<Record<TrialExplanation["fate"], Say>> = {
  "has a result": ({ reason }) =>
    `has a result${reason === null ? "" : ` (${reason})`} and will not run: nothing that decides it changed`,
  failed: ({ reason }) => `failed and will be tried again: ${reason}`,
  changed: ({ other, changes }) => `will run: ${changesText(changes)}; it was ${other}`,
  new: () => "will run: no trial of its point and repeat has a result here",
  replaced: (explanation) =>
    `${endText(explanation)} and is not in the grid any longer: ${
      changesText(explanation.changes)
    }; it is now ` +
    explanation.other,
  removed: (explanation) =>
    `${endText(explanation)} and is not in the grid any longer, nor is another of its point and repeat`,
};

function explanationText(explanation: TrialExplanation): string {
  const { experiment, trial, fate } = explanation;
  return `${experiment} ${trial.id}, ${trialText(trial)}, ${FATES[fate](explanation)}\n`;
}

/** Returns how a trial that is not in the grid has ended. */
function endText({ result, reason }: TrialExplanation): string {
  if (result !== null) {
    const metric = metricFacts(result.metric);
    const what = result.metric === USUAL_METRIC ? "validation" : metric.label;
    return `had ${metricText(result.value, metric)} ${what}`;
  }
  return reason === null ? "had no result" : `had no accuracy (${reason})`;
}
