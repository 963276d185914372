import { InputError } from "../../core/check/errors.ts";
import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import { type Comparison, problemComparison } from "../../report/compare/comparison.ts";
import { mergedComparison } from "../../report/compare/merged_comparison.ts";
import { type Merge, mergeShards } from "../../runner/shards/merge_shards.ts";
import { findShards } from "../../runner/shards/read_shards.ts";
import type { RunCommand } from "../args/command.ts";
import { FLAGS } from "../args/flags.ts";
import { exitCodeOfOutcomes } from "../process/exit_code.ts";
import { listenForInterrupt } from "../process/interrupt.ts";
import { outcomeText } from "../text/outcome_text.ts";
import { checkReportFiles, reportCheck } from "./check_report.ts";

/** `merge DIR… --results OUT`: joins the results of shards. */
export const mergeCommand: RunCommand = async (line, terminal) => {
  const resultsDir = line.get(FLAGS.mergedResults);
  if (resultsDir === undefined) {
    throw new InputError("Cannot merge: --results OUT must name the folder that the results go to");
  }
  if (line.operands.length === 0) {
    throw new InputError("Cannot merge: no folder of a shard is named");
  }
  await checkReportFiles(line);
  using interrupt = listenForInterrupt(terminal);
  const merges: Merge[] = [];
  for (const shards of (await findShards(line.operands)).values()) {
    merges.push(
      await mergeShards(shards, {
        resultsDir,
        dataDir: line.get(FLAGS.data),
        isTrusted: line.get(FLAGS.trustExperiment),
        kernels: line.get(FLAGS.kernels),
        signal: interrupt.signal,
      }),
    );
  }
  const merged = merges.filter((merge) => "outcome" in merge);
  for (const { outcome, next } of merged) {
    terminal.write(outcomeText(outcome, { terminal, more: next === null ? [] : [["next", next]] }));
  }
  const outcomes = merged.map(({ outcome }) => outcome);
  const comparisons = merges.map(comparisonOf);
  const shown = comparisons.filter(({ problem }) => problem !== null);
  const code = await reportCheck(comparisons, { line, terminal, shown });
  return code === EXIT_CODES.good ? exitCodeOfOutcomes(outcomes) : code;
};

function comparisonOf(merge: Merge): Comparison {
  if ("outcome" in merge) return mergedComparison(merge.outcome.summary);
  return problemComparison(merge, merge.problem);
}
