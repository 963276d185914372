import type { PartOutcome } from "./run_parts.ts";
import { type ToolName, TOOLS } from "./tools.ts";

/** How many tests of a file were not run because a tool is missing. */
export interface NotRun {
  readonly tool: ToolName;
  readonly file: string;
  readonly count: number;
}

/** What became of the tests. */
export interface SuiteOutcome {
  readonly passed: number;
  readonly failed: number;
  /** Tests that no missing tool has kept from running, such as those of another system. */
  readonly ignored: number;
  /** Tests that were not run because a tool is missing. */
  readonly skipped: number;
  /** The same by tool and file; a test that lacks two tools is counted at both. */
  readonly notRun: readonly NotRun[];
  /** The tests that failed, each with its place. */
  readonly failures: readonly string[];
}

const SUMMARY = /^(?:ok|FAILED) \| (\d+) passed.* \| (\d+) failed(?: \([^)]*\))?(?: \| (\d+) ignored)?/;
const FILE = /^running \d+ tests? from \.\/(\S+)$/;
const NEEDING = /\(needs ([\w, ]+)\) \.\.\. ignored /;
// deno-lint-ignore no-control-regex
const COLOUR = /\x1b\[[\d;]*m/g;

/** Adds up what the parts of the suite have written. A part that ended in no summary counts as one failure. */
export function suiteOutcome(parts: readonly PartOutcome[]): SuiteOutcome {
  const outcomes = parts.map(partOutcome);
  const sum = (field: "passed" | "failed" | "ignored" | "skipped") =>
    outcomes.reduce((total, outcome) => total + outcome[field], 0);
  return {
    passed: sum("passed"),
    failed: sum("failed"),
    ignored: sum("ignored"),
    skipped: sum("skipped"),
    notRun: outcomes.flatMap(({ notRun }) => notRun),
    failures: outcomes.flatMap(({ failures }) => failures),
  };
}

function partOutcome({ part, code, text }: PartOutcome): SuiteOutcome {
  const lines = text.replaceAll(COLOUR, "").split("\n").map((line) => line.trimEnd());
  const summary = lines.findLast((line) => SUMMARY.test(line))?.match(SUMMARY);
  if (!summary) {
    return {
      ...NOTHING,
      failed: 1,
      failures: [`${part.join(" ")} ended without a summary, exit code ${code}`],
    };
  }
  const [passed, failed, ignored] = summary.slice(1).map((digits) => Number(digits ?? 0));
  const { skipped, notRun } = notRunOf(lines);
  const counted = {
    passed,
    failed,
    ignored: ignored - skipped,
    skipped,
    notRun,
    failures: failuresOf(lines),
  };
  if (code === 0 || failed > 0) return counted;
  // It has left something behind, or was killed behind its summary.
  return { ...counted, failed: 1, failures: [`${part.join(" ")} ended with exit code ${code}`] };
}

/** Returns the list at the end of the output. */
function failuresOf(lines: readonly string[]): readonly string[] {
  const heading = lines.lastIndexOf(" FAILURES");
  return heading < 0 ? [] : lines.slice(heading + 2, lines.indexOf("", heading + 2));
}

const NOTHING: SuiteOutcome = { passed: 0, failed: 0, ignored: 0, skipped: 0, notRun: [], failures: [] };

function notRunOf(lines: readonly string[]): Pick<SuiteOutcome, "skipped" | "notRun"> {
  const counts = new Map<string, NotRun>();
  let file = "";
  let skipped = 0;
  for (const line of lines) {
    file = FILE.exec(line)?.[1] ?? file;
    const names = NEEDING.exec(line)?.[1].split(", ").filter((name) => Object.hasOwn(TOOLS, name)) ?? [];
    if (names.length > 0) skipped++;
    for (const name of names) {
      const key = `${name} ${file}`;
      const tool = name as ToolName;
      counts.set(key, { tool, file, count: (counts.get(key)?.count ?? 0) + 1 });
    }
  }
  return { skipped, notRun: [...counts.values()] };
}
