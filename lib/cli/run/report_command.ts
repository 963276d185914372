import { rewriteReport } from "../../runner/results/rewrite_report.ts";
import type { RunOutcome } from "../../runner/results/run_outcome.ts";
import type { RunCommand } from "../args/command.ts";
import { FLAGS } from "../args/flags.ts";
import { loadFiles } from "../args/load_files.ts";
import { exitCodeOfOutcomes } from "../process/exit_code.ts";
import { outcomeJson, outcomeText } from "../text/outcome_text.ts";

/** `report FILE…`: writes the reports again from the journals. */
export const reportCommand: RunCommand = async (line, terminal) => {
  const outcomes: RunOutcome[] = [];
  for (const loaded of await loadFiles(line.operands, { line })) {
    const outcome = await rewriteReport(loaded, { resultsDir: line.get(FLAGS.results) });
    terminal.write(
      line.get(FLAGS.jsonLines) ? outcomeJson(outcome) : outcomeText(outcome, { terminal }),
    );
    outcomes.push(outcome);
  }
  return exitCodeOfOutcomes(outcomes);
};
