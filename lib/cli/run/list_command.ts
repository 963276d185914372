import { spreadText } from "../../report/summary/percent.ts";
import { type ListedExperiment, listExperiments } from "../../runner/results/list_experiments.ts";
import type { RunCommand } from "../args/command.ts";
import { resultsDir } from "../args/experiment_flags.ts";
import { TRUST_FLAG } from "../args/flags.ts";
import { table } from "../terminal/table.ts";
import { shortPointText } from "../text/value_text.ts";

/** `list`: the experiment files, and how far each has come here. */
export const listCommand: RunCommand = async (line, terminal) => {
  const experimentsDir = line.value("experiments") ?? "experiments";
  const listed = await listExperiments({
    experimentsDir,
    resultsDir: resultsDir(line),
    isTrusted: line.has(TRUST_FLAG.name),
  });
  if (line.has("json")) {
    for (const experiment of listed) {
      terminal.write(`${JSON.stringify(experiment)}\n`);
    }
  } else terminal.write(table([["experiment", "trials", "finished", "best"], ...listed.map(row)]));
  return listed.some(({ problem }) => problem !== null) ? 2 : 0;
};

function row({ name, state, problem }: ListedExperiment): readonly string[] {
  if (state === null) return [name, "-", "-", problem ?? ""];
  const { counts, winner } = state;
  const best = winner === null
    ? "-"
    : [spreadText(winner.validationAccuracy), shortPointText(winner.point)].filter((text) => text !== "")
      .join(
        "  ",
      );
  return [name, String(counts.trials), String(counts.done + counts.diverged), best];
}
