import { assertEquals } from "@std/assert";
import { type SuiteOutcome, suiteOutcome } from "./suite_outcome.ts";

const NOTHING: SuiteOutcome = { passed: 0, failed: 0, ignored: 0, skipped: 0, notRun: [], failures: [] };

interface Case {
  readonly what: string;
  readonly code?: number;
  readonly text: string;
  readonly outcome: Partial<SuiteOutcome>;
}

const CASES: readonly Case[] = [
  {
    what: "tests that passed",
    text:
      "running 2 tests from ./tests/a_test.ts\na ... ok (1ms)\nb ... ok (2ms)\n\nok | 2 passed | 0 failed (5ms)\n",
    outcome: { passed: 2 },
  },
  {
    what: "steps, colours and tests of another system",
    text: "\x1b[0m\x1b[38;5;245mrunning 2 tests from ./tests/a_test.ts\x1b[0m\r\n" +
      "\x1b[0m\x1b[32mok\x1b[0m | 1 passed (3 steps) | 0 failed (1 step) | 2 ignored \x1b[0m\x1b[38;5;245m(5ms)\x1b[0m\r\n",
    outcome: { passed: 1, ignored: 2 },
  },
  {
    what: "the last summary when a test prints one, too",
    text:
      "a ... ok | 9 passed | 9 failed (1s)\nok | 9 passed | 9 failed (1s)\n\nok | 1 passed | 0 failed (1s)\n",
    outcome: { passed: 1 },
  },
  {
    what: "tests that failed, with their places",
    code: 1,
    text: `running 3 tests from ./tests/a_test.ts

 ERRORS 

a => ./tests/a_test.ts:3:6
error: Error: no

 FAILURES 

a => ./tests/a_test.ts:3:6
b => ./tests/a_test.ts:7:6

FAILED | 1 passed | 2 failed (9ms)
`,
    outcome: {
      passed: 1,
      failed: 2,
      failures: ["a => ./tests/a_test.ts:3:6", "b => ./tests/a_test.ts:7:6"],
    },
  },
  {
    what: "tests that lack tools, by tool and file",
    text: `running 4 tests from ./tests/a_test.ts
a (needs redis) ... ignored (0ms)
b (needs redis, openssl) ... ignored (0ms)
c ... ignored (0ms)
d (needs patience) ... ignored (0ms)
running 2 tests from ./tests/b_test.ts
e (needs redis) ... ignored (0ms)
f (needs redis) ... ok (1ms)

ok | 1 passed | 0 failed | 5 ignored (9ms)
`,
    outcome: {
      passed: 1,
      ignored: 2,
      skipped: 3,
      notRun: [
        { tool: "redis", file: "tests/a_test.ts", count: 2 },
        { tool: "openssl", file: "tests/a_test.ts", count: 1 },
        { tool: "redis", file: "tests/b_test.ts", count: 1 },
      ],
    },
  },
  {
    what: "one failure when a part crashed before its summary",
    code: 139,
    text: "running 2 tests from ./tests/a_test.ts\na ... ok (1ms)\nb ...",
    outcome: { failed: 1, failures: ["tests/a_test.ts ended without a summary, exit code 139"] },
  },
  {
    what: "one failure when a part wrote nothing and ended well",
    text: "",
    outcome: { failed: 1, failures: ["tests/a_test.ts ended without a summary, exit code 0"] },
  },
  {
    what: "one failure when no test failed and the exit code says otherwise",
    code: 1,
    text: "ok | 2 passed | 0 failed (5ms)\n",
    outcome: { passed: 2, failed: 1, failures: ["tests/a_test.ts ended with exit code 1"] },
  },
];

for (const { what, code = 0, text, outcome } of CASES) {
  Deno.test(`suiteOutcome() counts ${what}`, () => {
    assertEquals(suiteOutcome([{ part: ["tests/a_test.ts"], code, text }]), { ...NOTHING, ...outcome });
  });
}

Deno.test("suiteOutcome() adds up what the parts have written, in their order", () => {
  const parts = CASES.map(({ code = 0, text }) => ({ part: ["tests/a_test.ts"], code, text }));
  const whole = suiteOutcome(parts);
  assertEquals([whole.passed, whole.failed, whole.ignored, whole.skipped], [8, 5, 4, 3]);
  assertEquals(whole.failures, CASES.flatMap(({ outcome }) => outcome.failures ?? []));
  assertEquals(whole.notRun, CASES.flatMap(({ outcome }) => outcome.notRun ?? []));
});
