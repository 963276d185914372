import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import { spreadText } from "../../report/summary/percent.ts";
import { type ListedExperiment, listExperiments } from "../../runner/results/list_experiments.ts";
import type { RunCommand } from "../args/command.ts";
import { FLAGS } from "../args/flags.ts";
import { table } from "../terminal/table.ts";
import { shortPointName } from "../text/value_text.ts";

/** `list`: the experiment files with their progress. */
export const listCommand: RunCommand = async (line, terminal) => {
  const experimentsDir = line.get(FLAGS.experiments);
  const listed = await listExperiments({
    experimentsDir,
    resultsDir: line.get(FLAGS.results),
    isTrusted: line.get(FLAGS.trustExperiment),
  });
  if (line.get(FLAGS.jsonLines)) {
    for (const experiment of listed) {
      terminal.write(`${JSON.stringify(experiment)}\n`);
    }
  } else terminal.write(table([["experiment", "trials", "finished", "best"], ...listed.map(row)]));
  return listed.some(({ problem }) => problem !== null) ? EXIT_CODES.wrongInput : EXIT_CODES.good;
};

function row({ name, state, problem }: ListedExperiment): readonly string[] {
  if (state === null) return [name, "-", "-", problem ?? ""];
  const { counts, winner } = state;
  const best = winner === null
    ? "-"
    : `${spreadText(winner.validationAccuracy)}  ${shortPointName(winner.point)}`;
  return [name, String(counts.trials), String(counts.done + counts.diverged), best];
}
