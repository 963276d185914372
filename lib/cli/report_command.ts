import { rewriteReport } from "../runner/rewrite_report.ts";
import type { RunOutcome } from "../runner/run_experiment.ts";
import type { RunCommand } from "./command.ts";
import { exitCodeOfOutcomes } from "./exit_code.ts";
import { loadFiles, resultsDir } from "./experiment_flags.ts";
import { outcomeJson, outcomeText } from "./outcome_text.ts";

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
