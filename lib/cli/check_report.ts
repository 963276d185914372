import { writeFileWhole } from "../runner/write_file_whole.ts";
import {
  benchmarkJson,
  checkJson,
  checkText,
  type Comparison,
  exitCodeOfFindings,
  findDifferences,
  githubAnnotations,
  githubSummary,
  junitXml,
} from "../runner/display.ts";
import type { CommandLine } from "./command.ts";
import type { Terminal } from "./terminal.ts";

/** Where a check is reported. */
export interface CheckReport {
  readonly line: CommandLine;
  readonly terminal: Terminal;
  /** The comparisons that the terminal shows. Default: all. */
  readonly shown?: readonly Comparison[];
}

/** Tells what a check found, on the terminal, in files, and to GitHub where it asks; returns the exit code. */
export async function reportCheck(
  comparisons: readonly Comparison[],
  { line, terminal, shown = comparisons }: CheckReport,
): Promise<number> {
  const allowBits = line.has("allow-bits");
  const findings = comparisons.flatMap((comparison) => findDifferences(comparison, { allowBits }));
  const exitCode = exitCodeOfFindings(findings);
  for (const comparison of shown) {
    const text = checkText(comparison, { allowBits });
    terminal.write(text.replaceAll(/^ {2}FAIL/gm, `  ${terminal.paint("red", "FAIL")}`));
  }
  const files = {
    junit: () => junitXml(findings),
    json: () => checkJson(comparisons, { findings, exitCode }),
    benchmark: () => benchmarkJson(comparisons),
  };
  for (const [flag, text] of Object.entries(files)) {
    const path = line.value(flag);
    if (path !== undefined) await writeFileWhole(path, text());
  }
  if (Deno.env.get("GITHUB_ACTIONS")) terminal.write(githubAnnotations(findings));
  const summaryPath = Deno.env.get("GITHUB_STEP_SUMMARY");
  if (summaryPath) {
    await Deno.writeTextFile(summaryPath, githubSummary(comparisons, { findings, exitCode }), {
      append: true,
    });
  }
  return exitCode;
}
