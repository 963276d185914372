import { installHint } from "./install_hint.ts";
import type { NotRun, SuiteOutcome } from "./suite_outcome.ts";
import { TOOL_NAMES, type ToolName } from "./tools.ts";

/** Whether this is CI, where every test must run, and how long the tests took. */
export interface ClosingOptions {
  readonly isCi: boolean;
  readonly seconds: number;
  readonly hint?: (tools: readonly ToolName[]) => string;
}

/** Returns the exit code: 1 when a test failed or, in CI, when one was not run because a tool was missing. */
export function exitCode(
  { failed, notRun }: Pick<SuiteOutcome, "failed" | "notRun">,
  { isCi }: Pick<ClosingOptions, "isCi">,
): number {
  return failed > 0 || (isCi && notRun.length > 0) ? 1 : 0;
}

/** Returns what stands at the end of the output: tests that were not run by tool, failures, and one line of counts. */
export function closingLines(
  outcome: SuiteOutcome,
  { isCi, seconds, hint = installHint }: ClosingOptions,
): string {
  const { passed, failed, ignored, notRun, failures } = outcome;
  const lines = TOOL_NAMES.flatMap((tool) => {
    const ofTool = notRun.filter((one) => one.tool === tool);
    return ofTool.length === 0 ? [] : [notRunLine(tool, ofTool, hint)];
  });
  lines.push(...failures.map((failure) => `failed: ${failure}`));
  const code = exitCode(outcome, { isCi });
  if (code !== 0 && failed === 0) lines.push("In CI every test must run.");
  const counts = [`${passed} passed`, `${failed} failed`];
  if (outcome.skipped > 0) counts.push(`${outcome.skipped} not run`);
  if (ignored > 0) counts.push(`${ignored} ignored`);
  lines.push(`${code === 0 ? "ok" : "FAILED"} | ${counts.join(" | ")} (${durationText(seconds)})`);
  return lines.map((line) => `${line}\n`).join("");
}

function notRunLine(
  tool: ToolName,
  ofTool: readonly NotRun[],
  hint: NonNullable<ClosingOptions["hint"]>,
): string {
  const total = ofTool.reduce((sum, { count }) => sum + count, 0);
  const files = ofTool.map(({ file, count }) => `${count} of ${file}`).join(", ");
  return `not run: ${total} without ${tool}: ${files}; to install it: ${hint([tool])}`;
}

function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole}s` : `${Math.floor(whole / 60)}m ${whole % 60}s`;
}
