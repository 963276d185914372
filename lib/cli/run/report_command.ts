import { resolve } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import { rewriteReport } from "../../runner/results/rewrite_report.ts";
import type { RunOutcome } from "../../runner/results/run_outcome.ts";
import type { CommandLine, RunCommand } from "../args/command.ts";
import { FLAGS } from "../args/flags.ts";
import { loadFiles } from "../args/load_files.ts";
import { exitCodeOfOutcomes } from "../process/exit_code.ts";
import { outcomeJson, outcomeText } from "../text/outcome_text.ts";

/** `report FILE…`: writes the reports again from the journals, and what a paper needs. */
export const reportCommand: RunCommand = async (line, terminal) => {
  const outcomes: RunOutcome[] = [];
  const resultsDir = line.get(FLAGS.results);
  const paperDir = readPaper(line, { resultsDir });
  for (const loaded of await loadFiles(line.operands, { line })) {
    const outcome = await rewriteReport(loaded, { resultsDir, paperDir });
    terminal.write(
      line.get(FLAGS.jsonLines) ? outcomeJson(outcome) : outcomeText(outcome, { terminal }),
    );
    outcomes.push(outcome);
  }
  return exitCodeOfOutcomes(outcomes);
};

function readPaper(line: CommandLine, { resultsDir }: { readonly resultsDir: string }): string | undefined {
  const paper = line.get(FLAGS.paper);
  if (paper === undefined || resolve(paper) !== resolve(resultsDir)) return paper;
  throw new InputError(
    `Cannot use --paper: it must be another folder than that of the results, found ${paper}`,
  );
}
