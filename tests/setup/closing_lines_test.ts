import { assertEquals } from "@std/assert";
import { closingLines, exitCode } from "./closing_lines.ts";
import type { SuiteOutcome } from "./suite_outcome.ts";

const NOTHING: SuiteOutcome = { passed: 0, failed: 0, ignored: 0, skipped: 0, notRun: [], failures: [] };
const WITHOUT_REDIS: Partial<SuiteOutcome> = {
  passed: 10,
  skipped: 3,
  notRun: [
    { tool: "redis", file: "tests/a_test.ts", count: 2 },
    { tool: "openssl", file: "tests/a_test.ts", count: 1 },
    { tool: "redis", file: "tests/b_test.ts", count: 1 },
  ],
};
const NOT_RUN = [
  "not run: 1 without openssl: 1 of tests/a_test.ts; to install it: get openssl",
  "not run: 3 without redis: 2 of tests/a_test.ts, 1 of tests/b_test.ts; to install it: get redis",
];

interface Case {
  readonly when: string;
  readonly outcome: Partial<SuiteOutcome>;
  /** Default: false. */
  readonly isCi?: boolean;
  readonly seconds: number;
  readonly lines: readonly string[];
  readonly code: number;
}

const CASES: readonly Case[] = [
  {
    when: "every test passed",
    outcome: { passed: 1893 },
    seconds: 249.6,
    lines: ["ok | 1893 passed | 0 failed (4m 10s)"],
    code: 0,
  },
  {
    when: "every test passed in CI, and some are for another system",
    outcome: { passed: 3, ignored: 2 },
    isCi: true,
    seconds: 59.4,
    lines: ["ok | 3 passed | 0 failed | 2 ignored (59s)"],
    code: 0,
  },
  {
    when: "tests failed",
    outcome: { passed: 3, failed: 2, failures: ["a => ./a_test.ts:1:6", "b => ./b_test.ts:2:6"] },
    seconds: 60,
    lines: [
      "failed: a => ./a_test.ts:1:6",
      "failed: b => ./b_test.ts:2:6",
      "FAILED | 3 passed | 2 failed (1m 0s)",
    ],
    code: 1,
  },
  {
    when: "tools are missing",
    outcome: WITHOUT_REDIS,
    seconds: 1,
    lines: [...NOT_RUN, "ok | 10 passed | 0 failed | 3 not run (1s)"],
    code: 0,
  },
  {
    when: "tools are missing in CI",
    outcome: WITHOUT_REDIS,
    isCi: true,
    seconds: 1,
    lines: [...NOT_RUN, "In CI every test must run.", "FAILED | 10 passed | 0 failed | 3 not run (1s)"],
    code: 1,
  },
];

for (const { when, outcome, isCi = false, seconds, lines, code } of CASES) {
  Deno.test(`closingLines() counts and names, and exitCode() gives ${code}, when ${when}`, () => {
    const whole = { ...NOTHING, ...outcome };
    const hint = (tools: readonly string[]) => `get ${tools.join(" ")}`;
    assertEquals(closingLines(whole, { isCi, seconds, hint }), lines.map((line) => `${line}\n`).join(""));
    assertEquals(exitCode(whole, { isCi }), code);
  });
}
