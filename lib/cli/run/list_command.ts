import { countFinished } from "../../report/summary/trial_status.ts";
import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import { USUAL_METRIC } from "../../core/facts/metric.ts";
import { selectedMetric, spreadOfMetric } from "../../report/summary/metric.ts";
import { metricSpreadText } from "../../report/summary/metric_text.ts";
import { type ListedExperiment, listExperiments } from "../../runner/results/list_experiments.ts";
import type { RunCommand } from "../args/command.ts";
import { FLAGS } from "../args/flags.ts";
import { table } from "../terminal/table.ts";
import { textWidth } from "../terminal/text_width.ts";
import { wrapText } from "../terminal/wrap_text.ts";
import { shortPointName } from "../text/value_text.ts";

const HEAD = ["experiment", "state", "finished", "validation ± 95 %", "point"] as const;
const [NAME, POINT] = [HEAD.indexOf("experiment"), HEAD.indexOf("point")];
/** Names of at most so many columns stay whole: they are what other commands ask for. */
const NAME_COLUMNS = 24;

/** `list`: the experiment files with their states and best results. */
export const listCommand: RunCommand = async (line, terminal) => {
  const listed = await listExperiments({
    experimentsDir: line.get(FLAGS.experiments),
    resultsDir: line.get(FLAGS.results),
    isTrusted: line.get(FLAGS.trustExperiment),
  });
  if (line.get(FLAGS.jsonLines)) {
    for (const experiment of listed) terminal.write(`${JSON.stringify(experiment)}\n`);
  } else {
    const { columns } = terminal;
    const isLong = listed.some(({ name }) => textWidth(name) > NAME_COLUMNS);
    const shorten = isLong ? [NAME, POINT] : [POINT];
    terminal.write(table([HEAD, ...listed.map(row)], { columns, shorten }));
    for (const { name, problem } of listed) {
      if (problem !== null) terminal.write(wrapText(`${name}: ${problem}\n`, { columns }));
    }
  }
  return listed.some(({ problem }) => problem !== null) ? EXIT_CODES.wrongInput : EXIT_CODES.good;
};

function row({ name, state, counts, winner, select }: ListedExperiment): readonly string[] {
  if (counts === null) return [name, "problem", "", "", ""];
  const finished = `${countFinished(counts)} of ${counts.trials}`;
  if (winner === null) return [name, state ?? "", finished, "", ""];
  const metric = selectedMetric({ select });
  // Experiments may be decided by different metrics.
  const what = metric.name === USUAL_METRIC ? "" : ` ${metric.measure}`;
  const value = `${metricSpreadText(spreadOfMetric(winner, metric.name)!, metric)}${what}`;
  return [name, state ?? "", finished, value, shortPointName(winner.point)];
}
