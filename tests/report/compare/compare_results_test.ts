import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import type { TrialEvent } from "../../../lib/experiment/trial/trial_event.ts";
import { compareResults } from "../../../lib/report/compare/compare_results.ts";
import { describeComparison } from "../../../lib/report/compare/describe_comparison.ts";
import { exitCodeOfFindings, type Finding } from "../../../lib/report/compare/finding.ts";
import { githubAnnotations } from "../../../lib/report/compare/github_output.ts";
import { escapeXml, junitXml } from "../../../lib/report/compare/junit_xml.ts";
import { historyCsv } from "../../../lib/report/files/history_csv.ts";
import { indexHistory } from "../../../lib/report/files/history_rows.ts";
import { parseResults, type Results } from "../../../lib/report/files/parse_results.ts";
import { stableJson } from "../../../lib/report/files/stable_json.ts";
import { trialsCsv } from "../../../lib/report/files/trials_csv.ts";
import { doneEvents, fakeExperiment, fakeGrid } from "../fakes.ts";
import { summarizeEvents } from "../summarize_events.ts";

/** Returns results over the axis `rate` as they are read back from their files. */
function resultsOf(accuracies: Readonly<Record<string, number>>, more: readonly TrialEvent[] = []): Results {
  const rates = [
    ...new Set([...Object.keys(accuracies), ...more.map(({ trial }) => `${trial.slice(0, -2)}`)]),
  ];
  const experiment = fakeExperiment({ grid: { rate: rates.map(Number) } });
  const grid = fakeGrid(experiment);
  const events = [
    ...Object.entries(accuracies).flatMap(([rate, accuracy]) => doneEvents(`${rate}-0`, accuracy)),
    ...more,
  ];
  const summary = summarizeEvents(experiment, { grid, dataDigest: "d", events, testAccuracies: new Map() });
  return parseResults(
    { summary: stableJson(summary), trials: trialsCsv(summary), history: historyCsv(grid, { events }) },
    { folder: "results/fake" },
  );
}

const DIVERGED: TrialEvent = { type: "diverged", trial: "0.1-0", epoch: 1, reason: "loss is NaN" };
const FAILED: TrialEvent = { type: "failed", trial: "0.1-0", reason: "out of memory" };

Deno.test("compareResults() judges a trial by its accuracies first, then by its bits", () => {
  const cases: readonly (readonly [string, Results, Results, string])[] = [
    ["equal", resultsOf({ 0.1: 0.5 }), resultsOf({ 0.1: 0.5 }), "same"],
    ["worse", resultsOf({ 0.1: 0.5 }), resultsOf({ 0.1: 0.25 }), "regression"],
    ["as much worse as may be", resultsOf({ 0.1: 0.5 }), resultsOf({ 0.1: 0.375 }), "bits"],
    ["better", resultsOf({ 0.1: 0.5 }), resultsOf({ 0.1: 0.625 }), "bits"],
    ["too good", resultsOf({ 0.1: 0.5 }), resultsOf({ 0.1: 0.75 }), "suspicious"],
    ["diverging now", resultsOf({ 0.1: 0.5 }), resultsOf({}, [DIVERGED]), "diverged"],
    ["diverging as before", resultsOf({}, [DIVERGED]), resultsOf({}, [DIVERGED]), "same"],
    ["no longer diverging", resultsOf({}, [DIVERGED]), resultsOf({ 0.1: 0.5 }), "bits"],
    ["failing", resultsOf({ 0.1: 0.5 }), resultsOf({}, [FAILED]), "failed"],
    ["not failing now", resultsOf({}, [FAILED]), resultsOf({ 0.1: 0.5 }), "missing"],
  ];
  for (const [what, baseline, current, verdict] of cases) {
    const { trials } = compareResults(baseline, { current, tolerance: 0.125, suspicious: 0.125 });
    assertEquals([what, ...trials.map((trial) => trial.verdict)], [what, verdict]);
  }
});

Deno.test("compareResults() tells trials that came and went, and only those it is asked for", () => {
  const sides = [resultsOf({ 0.1: 0.5, 0.2: 0.5 }), { current: resultsOf({ 0.3: 0.5, 0.2: 0.5 }) }] as const;
  const verdicts = compareResults(...sides).trials.map(({ point, verdict }) => [point.rate, verdict]);
  assertEquals(verdicts, [[0.3, "missing"], [0.2, "same"], [0.1, "obsolete"]]);
  const { trials } = compareResults(sides[0], { ...sides[1], only: new Set(["0.2-0"]) });
  assertEquals(trials.map(({ verdict }) => verdict), ["same"]);
});

Deno.test("compareResults() finds the first epoch that differs and the first whose weights do", () => {
  const epochs = (loss: number, weights: string): readonly TrialEvent[] =>
    doneEvents("0.1-0", 0.5).map((event) =>
      event.type === "epoch" && event.epoch === 1 ? { ...event, loss, weightsSha256: weights } : event
    );
  const { trials: [trial] } = compareResults(resultsOf({}, epochs(0.5, "a")), {
    current: resultsOf({}, epochs(0.25, "a")),
  });
  assertEquals(trial.parting, {
    epoch: 1,
    fields: [{ field: "loss", before: "0.5", after: "0.25" }],
    weightsEpoch: null,
  });
  const { trials: [other] } = compareResults(resultsOf({}, epochs(0.5, "a")), {
    current: resultsOf({}, epochs(0.5, "b")),
  });
  assertEquals([other.parting?.epoch, other.parting?.weightsEpoch, other.verdict], [1, 1, "bits"]);
});

Deno.test("indexHistory() throws with the line when rows are not where they belong", () => {
  const head = "trial,epoch,loss,train_accuracy,validation_accuracy,learning_rate,weights_sha256\r\n";
  const cases: readonly (readonly [string, string])[] = [
    ["trial,epoch\r\n", "line 1 must continue the epochs of a trial, found other columns"],
    [
      `${head}a,0\r\nb,0\r\na,1\r\n`,
      "line 4 must continue the epochs of a trial, found trial a again",
    ],
    [`${head}a,0\r\na,1`, "line 3 must continue the epochs of a trial, found an incomplete row"],
    [`${head}\r\n`, "line 2 must continue the epochs of a trial, found a row without a trial"],
  ];
  for (const [text, message] of cases) {
    const error = assertThrows(() => indexHistory(text, { path: "history.csv" }), InputError);
    assertEquals(error.message, `Cannot read history.csv: ${message}`);
  }
});

const FINDING: Finding = {
  experiment: "fake",
  file: "experiments/a,b.ts",
  trial: 'rate="<1>"',
  verdict: "regression",
  severity: "error",
  title: "Accuracy regression",
  message: "50.00 %\nworse & \u0000worse",
};

Deno.test("junitXml() escapes what XML takes for markup or cannot hold, and counts by kind", () => {
  assertEquals(escapeXml(`a<b>&"c"\u0000\ud800\n😀`), "a&#60;b&#62;&#38;&#34;c&#34;\ufffd\ufffd&#10;😀");
  assertEquals(
    junitXml([FINDING, { ...FINDING, verdict: "failed" }, { ...FINDING, severity: "notice" }]).split("\n"),
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites name="seedbed check" tests="3" failures="1" errors="1">',
      '  <testsuite name="fake" tests="3" failures="1" errors="1" skipped="0">',
      ...(["failure", "error"] as const).flatMap((kind) => {
        const text = "Accuracy regression: 50.00 %&#10;worse &#38; \ufffdworse";
        return [
          '    <testcase name="rate=&#34;&#60;1&#62;&#34;" classname="fake">',
          `      <${kind} message="${text}" type="${
            kind === "error" ? "failed" : "regression"
          }">${text}</${kind}>`,
          "    </testcase>",
        ];
      }),
      '    <testcase name="rate=&#34;&#60;1&#62;&#34;" classname="fake">',
      "      <system-out>Accuracy regression: 50.00 %&#10;worse &#38; \ufffdworse</system-out>",
      "    </testcase>",
      "  </testsuite>",
      "</testsuites>",
      "",
    ],
  );
});

Deno.test("githubAnnotations() escapes what a command may not hold, and keeps to ten of a kind", () => {
  const text = githubAnnotations(Array(12).fill(FINDING));
  const lines = text.trimEnd().split("\n");
  assertEquals(
    lines[0],
    "::error file=experiments/a%2Cb.ts,line=1,title=Accuracy regression::" +
      'fake: rate="<1>": 50.00 %25%0Aworse & \u0000worse',
  );
  assertEquals([lines.length, lines[9]], [10, "::error title=Seedbed::and 3 more, see the summary"]);
});

Deno.test("exitCodeOfFindings() is that of the gravest, and 0 for notices", () => {
  const of = (...verdicts: readonly Finding["verdict"][]) =>
    exitCodeOfFindings(verdicts.map((verdict) => ({ ...FINDING, verdict })));
  assertEquals([of("missing"), of("missing", "bits"), of("bits", "diverged"), of("failed", "incomplete")], [
    3,
    1,
    4,
    6,
  ]);
  const comparison = compareResults(resultsOf({ 0.1: 0.5 }), { current: resultsOf({ 0.1: 0.53125 }) });
  assertEquals(exitCodeOfFindings(describeComparison(comparison, { allowBits: true })), 0);
  assertEquals(exitCodeOfFindings(describeComparison(comparison, { allowBits: false })), 1);
});
