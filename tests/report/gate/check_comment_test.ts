import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { compareResults } from "../../../lib/report/compare/compare_results.ts";
import {
  type Comparison,
  problemComparison,
  uncheckedComparison,
} from "../../../lib/report/compare/comparison.ts";
import { resolveGate } from "../../../lib/report/compare/gate.ts";
import { checkComment, COMMENT_MARK } from "../../../lib/report/gate/check_comment.ts";
import { describeComparison } from "../../../lib/report/gate/describe_comparison.ts";
import { exitCodeOfFindings } from "../../../lib/report/gate/finding.ts";
import { gridResults, resultsOf } from "../compare/fakes.ts";

function commentOn(...comparisons: readonly Comparison[]): string {
  const findings = comparisons.flatMap(describeComparison);
  return checkComment(comparisons, { findings, exitCode: exitCodeOfFindings(findings) });
}

const BEFORE = resultsOf({ 0.1: 0.5, 0.2: 0.25 });
const WORSE = { current: resultsOf({ 0.1: 0.25, 0.2: 0.25 }), file: "experiments/fake_question.ts" };

const HEADLINES: readonly (readonly [Comparison, string])[] = [
  [compareResults(BEFORE, { current: BEFORE }), "✅ Seedbed: every bit is as committed"],
  [compareResults(BEFORE, WORSE), "❌ Seedbed: 1 worse"],
  [
    compareResults(BEFORE, { ...WORSE, gate: resolveGate({ policy: "report" }) }),
    "✅ Seedbed passes: 1 worse",
  ],
  [
    compareResults(resultsOf({ 0.1: 0.5, 0.2: 0.25, 0.3: 0.5 }), {
      current: resultsOf({ 0.1: 0.53125, 0.2: 0.25, 0.3: 0.25 }),
    }),
    "❌ Seedbed: 1 worse, 1 better",
  ],
  [
    compareResults(BEFORE, { current: resultsOf({ 0.3: 0.5, 0.2: 0.25 }) }),
    "❌ Seedbed: 1 without a baseline, 1 obsolete",
  ],
  [
    uncheckedComparison({ experiment: "fake", file: null }, {
      trials: null,
      cause: "unchanged",
      reason: "so",
    }),
    "✅ Seedbed: nothing to check",
  ],
];

Deno.test("checkComment() begins with its mark and the verdict", () => {
  for (const [comparison, headline] of HEADLINES) {
    assertEquals(commentOn(comparison).split("\n").slice(0, 2), [COMMENT_MARK, `## ${headline}`]);
  }
});

Deno.test("checkComment() has a row for each change, with both accuracies, their difference and both curves", () => {
  const rows = commentOn(compareResults(BEFORE, WORSE)).split("\n").filter((line) => line.startsWith("| ❌"));
  assertEquals(rows, [
    "| ❌ | fake_question | Accuracy regression | rate=0.1 | 50.00\u00a0% | 25.00\u00a0% | −25.00 | `▁█`<br>`▁▁` |",
  ]);
  assertStringIncludes(
    commentOn(compareResults(BEFORE, WORSE)),
    'If this is meant, `deno task baseline experiments/fake_question.ts --reason "…"` accepts it.',
  );
});

Deno.test("checkComment() names the mean of repeats, and each repeat's difference in the details", () => {
  const before = gridResults([[{ rate: 1 }, [0.5, 0.75]]]);
  const text = commentOn(compareResults(before, { current: gridResults([[{ rate: 1 }, [0.25, 0.875]]]) }));
  assertStringIncludes(text, "| rate=1, mean of 2 repeats | 62.50\u00a0% | 56.25\u00a0% | −6.25 |  |\n");
  // There is no file that `baseline` could run.
  assertEquals(text.includes("If this is meant"), false);
  assertStringIncludes(
    text,
    "- rate=1 (repeat 1): validation accuracy 75.00 % -&gt; 87.50 %, better by 12.50 points\n",
  );
});

Deno.test("checkComment() says what was not checked, and why nothing could be compared", () => {
  const subject = { experiment: "fake", file: "experiments/fake.ts" };
  const reason = "nothing of it changed since 0123456789";
  const text = commentOn(
    uncheckedComparison(subject, { trials: null, cause: "unchanged", reason }),
    problemComparison(subject, { verdict: "damaged", message: "line 3 | <b>is</b> wrong" }),
  );
  assertStringIncludes(text, `Not checked:\n\n- fake: ${reason}\n`);
  assertStringIncludes(text, "| ❌ | fake | Damaged baseline | line 3 \\| &lt;b&gt;is&lt;/b&gt; wrong |");
});

Deno.test("checkComment() stays below 60 kB, whatever there is to say", () => {
  const rates = Array.from({ length: 3000 }, (_, index) => index + 1);
  const axis = "x".repeat(400);
  const rows = (accuracy: number) => rates.map((rate) => [{ [axis]: rate }, [accuracy]] as const);
  const comparison = compareResults(gridResults(rows(0.5)), {
    current: gridResults(rows(0.25)),
    file: "y".repeat(9000),
  });
  const text = commentOn(...Array.from({ length: 200 }, () => comparison));
  assert(new TextEncoder().encode(text).length < 60_000);
  assertStringIncludes(text, "more rows.");
  assertStringIncludes(text, "more experiments are in the job's files.");
  assertStringIncludes(text, '`deno task baseline FILE… --reason "…"`');
});
