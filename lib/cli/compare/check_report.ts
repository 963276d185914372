import { InputError } from "../../core/check/errors.ts";
import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import { checkOutput } from "../../files/check_output.ts";
import { shownPath, systemReason } from "../../files/file_problem.ts";
import { checkTarget, writeFileWhole } from "../../files/write_file_whole.ts";
import { checkComment } from "../../report/gate/check_comment.ts";
import { benchmarkJson, checkJson } from "../../report/gate/check_json.ts";
import { checkText } from "../../report/gate/check_text.ts";
import type { Comparison } from "../../report/compare/comparison.ts";
import { describeComparison } from "../../report/gate/describe_comparison.ts";
import { exitCodeOfFindings } from "../../report/gate/finding.ts";
import { metricsText } from "../../report/gate/metrics_text.ts";
import { githubAnnotations, githubSummary } from "../../report/gate/github_output.ts";
import { junitXml } from "../../report/gate/junit_xml.ts";
import type { CommandLine } from "../args/command.ts";
import { FLAGS } from "../args/flags.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { wrapText } from "../terminal/wrap_text.ts";

/** The flags that name a file for what was found; `merge` has the first two. */
const FILE_FLAGS = [FLAGS.junit, FLAGS.jsonFile, FLAGS.comment, FLAGS.metrics, FLAGS.benchmark] as const;

/** Where a check is reported. */
export interface CheckReport {
  readonly line: CommandLine;
  readonly terminal: Terminal;
  /** The comparisons that the terminal shows. Default: all. */
  readonly shown?: readonly Comparison[];
}

/** Reports what a check found: on the terminal, in files, and to GitHub Actions. Returns the exit code. */
export async function reportCheck(
  comparisons: readonly Comparison[],
  { line, terminal, shown = comparisons }: CheckReport,
): Promise<number> {
  const findings = comparisons.flatMap(describeComparison);
  const exitCode = isNothingChecked(comparisons) ? EXIT_CODES.incomplete : exitCodeOfFindings(findings);
  for (const comparison of shown) {
    const text = wrapText(checkText(comparison), terminal);
    terminal.write(text.replaceAll(/^ {2}FAIL/gm, `  ${terminal.paint("red", "FAIL")}`));
  }
  const texts = [
    () => junitXml(findings, comparisons),
    () => checkJson(comparisons, { findings, exitCode }),
    () => checkComment(comparisons, { findings, exitCode }),
    () => metricsText(comparisons),
    () => benchmarkJson(comparisons),
  ];
  for (const [index, flag] of FILE_FLAGS.entries()) {
    const path = line.get(flag);
    if (path !== undefined) await writeFileWhole(path, texts[index]());
  }
  if (Deno.env.get("GITHUB_ACTIONS")) terminal.write(githubAnnotations(findings));
  const summaryPath = Deno.env.get("GITHUB_STEP_SUMMARY");
  if (summaryPath) {
    const text = githubSummary(comparisons, { findings, exitCode });
    const problem = await appendText(summaryPath, text);
    // A summary that cannot be written must not change the result of the check.
    if (problem !== null) {
      terminal.writeError(`note: the step summary ${shownPath(summaryPath)} was not written, ${problem}\n`);
    }
  }
  return exitCode;
}

/** A check whose time was over before its first trial has found nothing, good or bad. */
function isNothingChecked(comparisons: readonly Comparison[]): boolean {
  return comparisons.every(({ problem, trials }) => problem === null && trials.length === 0) &&
    comparisons.some(({ unchecked = [] }) => unchecked.some(({ cause }) => cause === "time"));
}

/** Checks that the files which flags name can be written, before trials run. */
export async function checkReportFiles(line: CommandLine): Promise<void> {
  for (const flag of FILE_FLAGS) {
    const path = line.get(flag);
    if (path === undefined) continue;
    await checkOutput(path, { flag: flag.name, action: "write findings to", makesFolder: true });
  }
}

/** Returns why a text could not be appended to a file, or null if it was. */
async function appendText(path: string, text: string): Promise<string | null> {
  try {
    await checkTarget(path);
    await Deno.writeTextFile(path, text, { append: true });
    return null;
  } catch (error) {
    if (error instanceof InputError) return "it must be a file";
    const reason = systemReason(error, { path }) ??
      (error instanceof Deno.errors.NotCapable ? error.message : null);
    if (reason === null) throw error;
    return reason;
  }
}
