// Several sources together: whatever ranks, judges and shows results follows the metric that is selected.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { EpochEvent, TrialEvent } from "../../../lib/experiment/trial/trial_event.ts";
import { storyCharts } from "../../../lib/report/charts/story_charts.ts";
import { dropText } from "../../../lib/report/compare/accuracy_drops.ts";
import { compareResults } from "../../../lib/report/compare/compare_results.ts";
import { gateText, resolveGate } from "../../../lib/report/compare/gate.ts";
import { evidenceOf } from "../../../lib/report/evidence/evidence.ts";
import { pointColumns } from "../../../lib/report/evidence/point_columns.ts";
import { pointRows } from "../../../lib/report/evidence/point_rows.ts";
import { optimismText } from "../../../lib/report/evidence/test_text.ts";
import { historyCsv } from "../../../lib/report/files/history_csv.ts";
import { indexHistory } from "../../../lib/report/files/history_rows.ts";
import { checkComment } from "../../../lib/report/gate/check_comment.ts";
import { describeComparison } from "../../../lib/report/gate/describe_comparison.ts";
import { metricsText } from "../../../lib/report/gate/metrics_text.ts";
import { curvesOfEvents, curvesOfHistory } from "../../../lib/report/story/curve.ts";
import { NOTHING_EARLIER, trendRow } from "../../../lib/report/trend/trend_row.ts";
import { trendTable } from "../../../lib/report/trend/trend_table.ts";
import { gridResults } from "../compare/fakes.ts";
import { gridSummary, type PointValues } from "../evidence/grid_summary.ts";
import { fakeExperiment, fakeGrid } from "../fakes.ts";
import { pastOf } from "../trend/fakes.ts";

const BY_LOSS = { metrics: ["validationLoss"], select: "validationLoss" } as const;

/** Values, before and after, of the repeats of one point, and the verdict on them as losses. */
const JUDGED: readonly (readonly [readonly number[], readonly number[], number, string])[] = [
  [[0.5, 0.75], [0.25, 0.875], 0, "improved"],
  [[0.5, 0.75], [0.5, 0.875], 0, "regression"],
  [[0.5, 0.75], [0.5, 0.875], 0.0625, "within"],
  [[0.5, 0.75], [0.5, 0.875], 0.06, "regression"],
  // No gain of a loss is suspicious unless the gate says so.
  [[0.9, 0.9], [0.1, 0.1], 0, "improved"],
];

Deno.test("compareResults() judges a selected loss by its direction", () => {
  for (const [before, after, tolerance, verdict] of JUDGED) {
    const [baseline, current] = [before, after].map((values) =>
      gridResults([[{ rate: 1 }, values]], BY_LOSS)
    );
    const gate = resolveGate({ tolerance }, {}, BY_LOSS);
    const { points } = compareResults(baseline, { current, gate });
    assertEquals([before, after, points[0].verdict], [before, after, verdict]);
  }
  assertEquals(
    gateText(resolveGate({ suspicious: 0.5 }, {}, BY_LOSS)),
    "strict (default), tolerance 0 (default), suspicious 0.5 (experiment file), by validationLoss",
  );
});

Deno.test("compareResults() with tolerance auto knows chance of a loss by its repeats alone", () => {
  const gate = resolveGate({ tolerance: "auto" }, {}, BY_LOSS);
  const texts = (before: readonly number[], after: readonly number[]) => {
    const [baseline, current] = [before, after].map((values) =>
      gridResults([[{ rate: 1 }, values]], BY_LOSS)
    );
    const { drops, points } = compareResults(baseline, { current, gate });
    return [...drops!.map(dropText), points[0].verdict];
  };
  assertEquals(texts([0.5, 0.7, 0.6], [0.51, 0.709, 0.611]), [
    "rate=1: validation loss +0.0100 ± 0.00248 (95 % interval, paired over 3 repeats): worse beyond chance",
    "regression",
  ]);
  assertEquals(texts([0.5], [0.25]), ["rate=1: validation loss −0.250: not worse", "improved"]);
});

Deno.test("describeComparison() and its like say what became of a selected loss, in findings, comments and metrics", () => {
  const [baseline, current] = [0.5, 0.75].map((value) => gridResults([[{ rate: 1 }, [value]]], BY_LOSS));
  const comparison = compareResults(baseline, { current });
  const findings = describeComparison(comparison);
  assertEquals(findings.map(({ title, message }) => [title, message]), [
    ["Loss regression", "validation loss 0.5000 -> 0.7500, worse by 0.250; no epoch differs"],
  ]);
  const comment = checkComment([comparison], { findings, exitCode: 1 });
  assertStringIncludes(comment.replaceAll("\u00a0", " "), "| loss 0.5000 | loss 0.7500 | +0.250 |");
  assertEquals(metricsText([comparison]).split("\n").filter((line) => line.includes("loss")), [
    "# TYPE seedbed_validation_loss gauge",
    'seedbed_validation_loss{experiment="fake_question"} 0.75',
  ]);
});

const ROWS: readonly PointValues[] = [
  [{ rate: 1 }, [0.5, 0.52, 0.51]],
  [{ rate: 2 }, [0.2, 0.22, 0.24]],
  [{ rate: 3 }, [0.9, 0.93, 0.94]],
];

Deno.test("evidenceOf() and pointRows() take the lowest loss for the best", () => {
  const summary = gridSummary(ROWS, BY_LOSS);
  const { lead, comparisons, optimism } = evidenceOf(summary, { inspection: null });
  assertEquals(lead, "rate=2 leads; it is better than each of the other 2 points.");
  const rows = pointRows(summary, comparisons);
  assertEquals(
    rows.map(({ point, value, difference, notes }) => [point.rate, value, difference, notes]),
    [
      [2, "0.2200 ± 0.0497", "", "leads; 3 of 3 at chance level"],
      [1, "0.5100 ± 0.0248", "+0.290 ± 0.0430", "worse; 3 of 3 at chance level"],
      [3, "0.9233 ± 0.0517", "+0.703 ± 0.0143", "worse; 3 of 3 at chance level"],
    ],
  );
  const heads = pointColumns(summary, rows).map(({ head }) => head);
  assertEquals(heads.slice(0, 5), [
    ...["rank", "validation loss ± 95 %", "rate", "repeats", "to the winner ± 95 %"],
  ]);
  assert(heads.includes("validation accuracy ± 95 %"));
  assertStringIncludes(optimismText(optimism, summary)!, "would lower its validation loss by about 0.00");
  const once = gridSummary([[{ rate: 1 }, [0.5]], [{ rate: 2 }, [0.25]]], BY_LOSS);
  assertEquals(
    evidenceOf(once, { inspection: null }).lead,
    "rate=2 leads. With one repeat, nothing can be said beyond this seed: on 4 rows, its loss is 0.2500.",
  );
  assertEquals(evidenceOf(once, { inspection: null }).optimism, null);
});

Deno.test("historyCsv() has columns of the further metrics at the end, which curves and charts show", () => {
  const experiment = fakeExperiment({ grid: { rate: [0.1] }, ...BY_LOSS });
  const plain = fakeGrid(experiment);
  const trials = plain.trials.map((trial) => ({ ...trial, solver: { ...trial.solver, ...BY_LOSS } }));
  const events = [2, 1.25, 0.75].map((validationLoss, epoch): EpochEvent => ({
    ...{ type: "epoch", trial: "0.1-0", epoch, loss: epoch === 0 ? null : 1, trainAccuracy: 0.5 },
    ...{ validationAccuracy: 0.5, learningRate: 0.1, weightsSha256: "sha", metrics: { validationLoss } },
  }));
  const csv = historyCsv({ ...plain, trials }, { events });
  assertEquals(csv.split("\r\n").map((row) => row.split(",").slice(-2)), [
    ...[["weights_sha256", "validation_loss"], ["sha", "2"], ["sha", "1.25"], ["sha", "0.75"], [""]],
  ]);
  const curves = curvesOfHistory(indexHistory(csv, { path: "h", ...BY_LOSS }), BY_LOSS);
  assertEquals([...curves.get("0.1-0")!.validationLoss!], [2, 1.25, 0.75]);
  assertEquals(curves, curvesOfEvents(events satisfies readonly TrialEvent[]));
  const summary = gridSummary([[{ rate: 0.1 }, [0.75]]], BY_LOSS);
  const shown = { ...summary, trials: summary.trials.map((trial) => ({ ...trial, trial: "0.1-0" })) };
  const charts = storyCharts({ summary: shown, curves, inspection: null });
  assertEquals(charts.curves.map(({ id }) => id), ["validation_loss", "train_accuracy", "loss", "accuracy"]);
});

Deno.test("trendRow() has the values of the metric of the trend, and none where it was not measured", () => {
  const measured = gridSummary(ROWS, BY_LOSS);
  const of = { followed: [{ id: "1-0", point: { rate: 2 }, repeat: 0 }], metric: "validationLoss" } as const;
  const first = trendRow(pastOf({ summary: gridSummary(ROWS) }), { earlier: NOTHING_EARLIER, ...of });
  assertEquals([first.winner?.validation, first.mean, first.trials[0].validation], [null, null, null]);
  const earlier = { row: first, summary: gridSummary(ROWS), changes: null };
  const row = trendRow(pastOf({ summary: measured }), { earlier, ...of });
  assertEquals([row.winner?.point.rate, row.trials[0].validation], [2, 0.2]);
  const { head, rows } = trendTable([first, row], of);
  assertEquals(head.slice(2, 4), ["validation loss", "test loss"]);
  assertEquals(rows.map((cells) => cells[2]), ["", "0.2200"]);
});
