import { rewriteReport } from "../../runner/results/rewrite_report.ts";
import type { RunOutcome } from "../../runner/results/run_outcome.ts";
import type { RunCommand } from "../args/command.ts";
import { loadFiles, resultsDir } from "../args/experiment_flags.ts";
import { exitCodeOfOutcomes } from "../process/exit_code.ts";
import { outcomeJson, outcomeText } from "../text/outcome_text.ts";

/** `report FILE…`: writes the reports anew from the journals. */
export const reportCommand: RunCommand = async (line, terminal) => {
  const outcomes: RunOutcome[] = [];
  for (const loaded of await loadFiles(line.operands, { line })) {
    const outcome = await rewriteReport(loaded, { resultsDir: resultsDir(line) });
    terminal.write(
      line.has("json") ? outcomeJson(outcome) : outcomeText(outcome, { paint: terminal.paint }),
    );
    outcomes.push(outcome);
  }
  return exitCodeOfOutcomes(outcomes);
};
