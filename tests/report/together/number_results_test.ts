// Several sources together: the results of numbers, from their events to files, judgements and pages.
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { renderChart } from "../../../lib/report/charts/drawing/render_chart.ts";
import { storyCharts } from "../../../lib/report/charts/story_charts.ts";
import { compareResults } from "../../../lib/report/compare/compare_results.ts";
import { resolveGate } from "../../../lib/report/compare/gate.ts";
import { evidenceOf } from "../../../lib/report/evidence/evidence.ts";
import { parseResults, trialRows } from "../../../lib/report/files/parse_results.ts";
import { parseSummary } from "../../../lib/report/files/parse_summary.ts";
import { predictionsCsv, readPredictions } from "../../../lib/report/files/predictions_csv.ts";
import { stableJson } from "../../../lib/report/files/stable_json.ts";
import { historyCsv } from "../../../lib/report/files/history_csv.ts";
import { readTestedTrials, trialsCsv } from "../../../lib/report/files/trials_csv.ts";
import { checkComment } from "../../../lib/report/gate/check_comment.ts";
import { benchmarkJson, checkJson } from "../../../lib/report/gate/check_json.ts";
import { describeComparison } from "../../../lib/report/gate/describe_comparison.ts";
import { metricsText } from "../../../lib/report/gate/metrics_text.ts";
import { paperFiles } from "../../../lib/report/paper/paper_files.ts";
import { renderReport } from "../../../lib/report/render_report.ts";
import { curvesOfEvents, curvesOfHistory } from "../../../lib/report/story/curve.ts";
import { targetTable } from "../../../lib/report/story/target_table.ts";
import { committedLines } from "../../../lib/runner/baseline/journal_lines.ts";
import { encodeRecord } from "../../../lib/journal/journal_record.ts";
import { resultsOf } from "../compare/fakes.ts";
import { measuredAt, numberInspection, numberResults, numberStory, readBack } from "../number_story.ts";

const ERRORS = { 0.1: 7.5, 0.2: 3.25, 0.3: 12 };
const RESULTS = numberResults(ERRORS);

Deno.test("summarize() has the lowest RMSE win, and no accuracy", () => {
  const { winner, trials } = RESULTS.summary;
  assertEquals([winner!.point, winner!.validationAccuracy, winner!.testAccuracy], [
    { rate: 0.2 },
    null,
    null,
  ]);
  assertEquals(winner!.metrics!.validationRmse!.values, [3.25]);
  assertEquals(winner!.testMetrics!.testR2!.values, [-0.25]);
  assertEquals(trials.map((trial) => [trial.bestValidationAccuracy, trial.trainAccuracy, trial.trainRmse]), [
    [null, null, 1.875],
    [null, null, 0.8125],
    [null, null, 3],
  ]);
});

Deno.test("trialsCsv() and historyCsv() of numbers are read back, with the RMSE of training rows before the metrics", () => {
  const results = readBack(RESULTS);
  assertEquals(results.summary, RESULTS.summary);
  assertEquals(trialsCsv(RESULTS.summary).split("\r\n").slice(0, 3), [
    "trial,rate,repeat,status,best_epoch,best_validation_accuracy,train_accuracy,loss,test_accuracy,weights_sha256," +
    "reason,train_rmse,best_validation_rmse,test_rmse,best_validation_mae,test_mae,best_validation_r2,test_r2",
    "0.1-0,0.1,0,done,1,,,0.5,,sha-0.1-0,,1.875,7.5,,3.75,,-6.5,",
    "0.2-0,0.2,0,done,1,,,0.5,,sha-0.2-0,,0.8125,3.25,6.5,1.625,4,-2.25,-0.25",
  ]);
  assertEquals(historyCsv(RESULTS.grid, RESULTS).split("\r\n").slice(0, 3), [
    "trial,epoch,loss,train_accuracy,validation_accuracy,learning_rate,weights_sha256," +
    "train_rmse,validation_rmse,validation_mae,validation_r2",
    "0.1-0,0,,,,0.5,sha-0.1-0,40,50,25,-49",
    "0.1-0,1,0.5,,,0.5,sha-0.1-0,1.875,7.5,3.75,-6.5",
  ]);
  assertEquals([...readTestedTrials(trialsCsv(RESULTS.summary))], ["0.2-0"]);
  assertEquals(trialRows(results, "0.3-0").map(({ train_rmse }) => train_rmse), ["40", "3"]);
  const { metrics } = RESULTS.summary.experiment;
  assertEquals(
    curvesOfHistory(results.history, { metrics: metrics! }),
    curvesOfEvents(RESULTS.events),
  );
});

Deno.test("committedLines() has the records that the journal of numbers had", () => {
  const { grid, events } = RESULTS;
  const test = {
    type: "test",
    trial: "0.2-0",
    metrics: { testMae: 4, testR2: -0.25, testRmse: 6.5 },
  } as const;
  const wanted = [...events.slice(0, 6), test, ...events.slice(6)].map(encodeRecord).join("");
  assertEquals(committedLines(readBack(RESULTS), { trials: grid.trials }), wanted);
});

Deno.test("parseSummary() and parseResults() refuse results of numbers that lack something", () => {
  const { summary } = RESULTS;
  const text = (changes: object) => JSON.stringify({ ...summary, ...changes });
  const trialsWith = (change: object) => [{ ...summary.trials[0], ...change }, ...summary.trials.slice(1)];
  const { validationRmse: _, ...without } = measuredAt(7.5);
  const cases: readonly (readonly [string, string])[] = [
    [
      text({ trials: trialsWith({ bestMetrics: without }) }),
      "trials[0].bestMetrics.validationRmse must be a finite number",
    ],
    [text({ trials: trialsWith({ bestMetrics: undefined }) }), "trials[0].bestMetrics must be an object"],
    [text({ winner: { ...summary.winner, metrics: undefined } }), "winner.metrics must be an object"],
    [
      text({ winner: { ...summary.winner, testMetrics: {} } }),
      "winner.testMetrics.testRmse must be an object",
    ],
    [
      text({ trials: trialsWith({ trainRmse: "7" }) }),
      'trials[0].trainRmse must be a finite number, found "7"',
    ],
  ];
  for (const [damaged, message] of cases) {
    const error = assertThrows(() => parseSummary(damaged, { path: "s.json" }), InputError);
    assertEquals(error.message, `Cannot read s.json: ${message}`);
  }
  const texts = {
    summary: stableJson(summary),
    trials: trialsCsv(summary),
    history: historyCsv(RESULTS.grid, RESULTS).replace(",train_rmse", ""),
  };
  assertThrows(
    () => parseResults(texts, { folder: "r" }),
    InputError,
    "Cannot read r/history.csv: line 1 must",
  );
});

Deno.test("compareResults() judges RMSE in its own unit: less is better, within the tolerance equal", () => {
  const judged = [
    [3.25, 3.25, 0, "same"],
    [3.25, 3.2, 0, "improved"],
    [3.25, 3.3, 0, "regression"],
    [3.25, 5.2, 2, "within"],
    [3.25, 5.3, 2, "regression"],
    [3.25, 0.1, 0, "improved"],
  ] as const;
  for (const [before, after, tolerance, verdict] of judged) {
    const [baseline, current] = [before, after].map((rmse) =>
      readBack(numberResults({ 0.1: 30, 0.2: rmse }))
    );
    const gate = resolveGate({ tolerance }, {}, RESULTS.experiment);
    const comparison = compareResults(baseline, { current, gate });
    assertEquals([
      before,
      after,
      comparison.points.find(({ point }) => point.rate === 0.2)?.verdict ?? "same",
    ], [before, after, verdict]);
    const findings = describeComparison(comparison);
    assertEquals(findings.some(({ severity }) => severity === "error"), verdict === "regression");
  }
});

Deno.test("checks of numbers have RMSE in findings, comments, JSON and metrics, and no accuracy anywhere", () => {
  const [baseline, current] = [3.25, 4.5].map((rmse) => readBack(numberResults({ 0.2: rmse })));
  const comparison = compareResults(baseline, { current });
  const findings = describeComparison(comparison);
  assertEquals(findings.filter(({ severity }) => severity === "error").map(({ message }) => message), [
    "validation RMSE 3.250 -> 4.500, worse by 1.25; test RMSE 6.500 as before; the runs part at epoch 1: train_rmse 0.8125 -> 1.125, " +
    "validation_rmse 3.25 -> 4.5, validation_mae 1.625 -> 2.25, validation_r2 -2.25 -> -3.5; the weights never differ",
  ]);
  const comment = checkComment([comparison], { findings, exitCode: 1 }).replaceAll("\u00a0", " ");
  assertStringIncludes(comment, "RMSE 4.500");
  assertEquals(benchmarkJson([comparison]), "[]\n");
  assertEquals(
    metricsText([comparison]),
    [
      "# TYPE seedbed_validation_rmse gauge",
      'seedbed_validation_rmse{experiment="fake_question"} 4.5',
      "# TYPE seedbed_test_rmse gauge",
      'seedbed_test_rmse{experiment="fake_question"} 6.5',
      "# EOF\n",
    ].join("\n"),
  );
  for (const text of [comment, checkJson([comparison], { findings, exitCode: 1 })]) {
    assertEquals(text.match(/NaN|undefined|null %|Infinity/g), null);
  }
});

Deno.test("evidenceOf() never says that numbers are at chance", () => {
  const text = JSON.stringify(evidenceOf(RESULTS.summary, { inspection: null }));
  assert(!text.includes("chance level"), text);
});

Deno.test("targetTable() has a row for each target, and a rule for labels that no row has", () => {
  const { targets } = numberInspection(["mpg", "a|b"], []);
  assertEquals(targetTable(targets!), {
    head: ["target", "RMSE", "MAE", "R²"],
    rows: [["mpg", "6.500", "4.000", "-0.2500"], ["a|b", "6.500", "4.000", "-0.2500"]],
  });
  const counts = (
    trueNegative: number,
    falsePositive: number,
    falseNegative: number,
    truePositive: number,
  ) => ({ trueNegative, falsePositive, falseNegative, truePositive });
  assertEquals(
    targetTable({
      kind: "labels",
      names: ["a", "b", "c"],
      measures: [counts(5, 1, 2, 2), counts(9, 1, 0, 0), counts(8, 0, 2, 0)],
    }),
    {
      head: ["label", "recall", "precision", "rows with it"],
      rows: [["a", "50.00 %", "66.67 %", "4"], ["b", "no row", "0.00 %", "0"], [
        "c",
        "0.00 %",
        "no row",
        "2",
      ]],
    },
  );
});

const HOSTILE = `</script><img src=x onerror="alert(1)">|'\n\\" + datum['a.b']`;

Deno.test("predictionsCsv() has a row for each target of each row, whatever their names, which readPredictions() takes for no classes", () => {
  const inspection = numberInspection(["mpg", HOSTILE], [
    { values: [1.5, -2], predicted: [1.25, 1e21] },
    { values: [0, 5e-324], predicted: [-0.1, 3] },
  ]);
  const quoted = `"${HOSTILE.replaceAll('"', '""')}"`;
  const csv = predictionsCsv(inspection)!;
  assertEquals(
    csv,
    [
      "row,target,value,predicted",
      "0,mpg,1.5,1.25",
      `0,${quoted},0,-0.1`,
      "1,mpg,-2,1e+21",
      `1,${quoted},4.94065645841247e-324,3`,
      "",
    ].join("\r\n"),
  );
  assertEquals(readPredictions(csv, { path: "p.csv" }), null);
});

const ODD: Readonly<Record<string, readonly [values: readonly number[], predicted: readonly number[]]>> = {
  "one row": [[3], [4]],
  "one row that is right": [[3], [3]],
  "one row at 0": [[0], [0]],
  "equal predictions": [[1, 2, 3], [2, 2, 2]],
  "equal numbers and predictions": [[0.1, 0.1, 0.1], [0.1, 0.1, 0.1]],
  "numbers below 0": [[-1e6, -3, -2.5], [-2e6, -4, -2]],
  "numbers as far apart as can be": [[-1e150, 1e150, 0], [1e150, -1e150, 5]],
  "numbers as small as can be": [[5e-324, 1e-323, 0], [1e-323, 5e-324, 0]],
  "numbers next to each other": [[1e15, 1e15 + 1], [1e15, 1e15 + 2]],
  "5,000 rows": [
    Array.from({ length: 5000 }, (_, row) => row % 77),
    Array.from({ length: 5000 }, (_, row) => row % 79),
  ],
};

for (const [what, [values, predicted]] of Object.entries(ODD)) {
  Deno.test(`storyCharts() draws numbers where there are ${what}`, async () => {
    const inspection = numberInspection([HOSTILE], [{ values, predicted }]);
    const { tested } = storyCharts(numberStory(RESULTS, inspection));
    assertEquals(tested.map(({ id }) => id), ["predicted_1", "residuals_1"]);
    for (const chart of tested) {
      const svg = await renderChart(chart);
      assertEquals(svg.match(/NaN|undefined|Infinity|<img|<script/g), null, chart.id);
      assert(await renderChart(chart) === svg);
      const shown = Math.min(values.length, 2500);
      const points = svg.match(/aria-label="row /g)?.length ?? 0;
      assert(points <= 2000 && (values.length > 2000 || points === shown), `${points} points`);
      assertEquals(
        JSON.stringify(chart.table).match(/NaN|null|Infinity/g),
        null,
        JSON.stringify(chart.table),
      );
    }
    assertEquals(
      tested[0].caption.endsWith("It shows 1667 of the 5000 rows."),
      values.length === 5000,
    );
  });
}

Deno.test("renderReport() of numbers writes the same bytes each time, escapes names, and says nothing of an accuracy", async () => {
  const names = ["mpg", HOSTILE, "a|b", "`c`"];
  const predictions = names.map((_, target) => ({ values: [1, 2, 3 + target], predicted: [1, 2.5, 3] }));
  const story = numberStory(RESULTS, numberInspection(names, predictions));
  const first = await renderReport(story);
  const second = await renderReport(story);
  assert(second.html === first.html && second.markdown === first.markdown);
  assertEquals(first.html.match(/<\/script>/g)?.length, 2);
  assertEquals(first.html.match(/<img src=x/g), null);
  assertEquals(first.markdown.match(/<img src=x|NaN|undefined|Infinity/g), null);
  assertEquals(first.html.match(/NaN %|>undefined|>null</g), null);
  assertEquals(first.markdown.match(/accurac/gi), null, first.markdown);
  const shown = first.html.replace(/<(svg|script|style)[^]*?<\/\1>/g, "").replace(/<[^>]*>/g, " ");
  assertEquals(shown.match(/accurac|probabilit/gi), null, shown);
  assertStringIncludes(shown.replace(/\s+/g, " "), "3.250 0.2 0 done 6.500 0.8125 0.5000 1 0.2-0");
  for (const name of ["figure_predicted_1.svg", "figure_residuals_4.svg"]) {
    assert(first.figures.has(name), [...first.figures.keys()].join());
    assertStringIncludes(first.markdown, `(${name})`);
  }
  const row = first.markdown.split("\n").find((line) => line.startsWith("| a"));
  assertEquals(row, "| a\\|b | 6.500 | 4.000 | -0.2500 |");
});

Deno.test("paperFiles() of numbers has their metrics and the loss in words, and no accuracy", () => {
  const story = numberStory(RESULTS, numberInspection(["mpg"], [{ values: [1, 2], predicted: [1, 3] }]));
  const files = paperFiles(story);
  for (const [name, text] of files) {
    assertEquals(text.match(/accurac|NaN|undefined|Infinity|softmax|class/gi), null, `${name}: ${text}`);
  }
  assertStringIncludes(files.get("points.md")!, "RMSE");
  assertStringIncludes(files.get("winner.md")!, "6.500");
});

Deno.test("compareResults() compares no accuracy with an RMSE where classes became numbers, in either direction", () => {
  const numbers = readBack(numberResults({ 0.1: 3.25 }));
  const classes = resultsOf({ 0.1: 0.75 });
  for (const [baseline, current] of [[classes, numbers], [numbers, classes]]) {
    const comparison = compareResults(baseline, { current });
    const findings = describeComparison(comparison);
    const texts = [
      ...findings.map(({ title, message }) => `${title}: ${message}`),
      checkComment([comparison], { findings, exitCode: 1 }),
      checkJson([comparison], { findings, exitCode: 1 }),
      metricsText([comparison]),
      benchmarkJson([comparison]),
    ];
    for (const text of texts) assertEquals(text.match(/NaN|undefined|Infinity/g), null, text);
    // Neither is better, so that only a policy of the same bits objects.
    assertEquals(comparison.trials.map(({ verdict }) => verdict), ["bits"]);
    const { validationAccuracy, baselineValidationAccuracy } = comparison.winner!;
    assertEquals([validationAccuracy, baselineValidationAccuracy].includes(null), true);
  }
});
