// Several sources together: what an experiment declares to measure, from its declaration to the test split.
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import type { MetricName } from "../../../lib/core/facts/metric.ts";
import { blobs } from "../../../lib/data/blobs.ts";
import { csvDataset } from "../../../lib/data/csv/csv_dataset.ts";
import { loadDataset } from "../../../lib/data/load_dataset.ts";
import { mnist } from "../../../lib/data/official/mnist.ts";
import { checkMeasurable } from "../../../lib/experiment/declaration/check_measurable.ts";
import { defineExperiment } from "../../../lib/experiment/declaration/define_experiment.ts";
import type { TrialSettings } from "../../../lib/experiment/declaration/experiment.ts";
import { evaluateTrial } from "../../../lib/experiment/evaluation/evaluate_trial.ts";
import { runTrial } from "../../../lib/experiment/trial/run_trial.ts";
import { meanOutputs } from "../../../lib/experiment/evaluation/predict_test.ts";
import { testRepeat } from "../../../lib/experiment/evaluation/test_repeat.ts";
import { type Declaration, declaration, expand, sound } from "../fakes.ts";

const ids = (changes: Partial<Declaration>) => expand(changes).trials.map(({ id }) => id);

Deno.test("expandGrid() keeps every id when metrics only confirm the default", () => {
  const usual = ids({});
  const confirming: readonly Partial<Declaration>[] = [
    { metrics: [] },
    { metrics: ["validationAccuracy"], select: "validationAccuracy" },
  ];
  for (const changes of confirming) {
    assertEquals(ids(changes), usual);
    const { metrics, select } = defineExperiment({ ...declaration, ...changes });
    assertEquals([metrics, select], [undefined, undefined]);
  }
});

Deno.test("expandGrid() gives one id to metrics in any order, and others to other metrics", () => {
  const both: readonly MetricName[] = ["validationAuc", "validationLoss"];
  assertEquals(ids({ metrics: both }), ids({ metrics: both.toReversed() }));
  assertEquals(
    ids({ select: "validationLoss" }),
    ids({ metrics: ["validationLoss"], select: "validationLoss" }),
  );
  const all = [{}, { metrics: both }, { metrics: [both[0]] }, { select: both[0] }, {
    metrics: both,
    select: both[0],
  }];
  assertEquals(new Set(all.map((changes) => ids(changes)[0])).size, all.length);
});

Deno.test("expandPoints() gives trials what the experiment measures, and patience what it selects", () => {
  const solver = { ...sound.solver, patience: { epochs: 2, metric: "validationLoss" } as const };
  const solverOf = (changes: Partial<Declaration>) =>
    expand({ trial: () => ({ ...sound, solver }), ...changes }).trials[0].solver;
  const { metrics, select, patience } = solverOf({
    select: "validationLoss",
    metrics: ["validationMacroF1"],
  });
  assertEquals([metrics, select], [["validationLoss", "validationMacroF1"], "validationLoss"]);
  assertEquals(patience, { epochs: 2, minDelta: 0 });
  assertEquals(solverOf({ metrics: ["validationLoss"] }).patience, {
    epochs: 2,
    minDelta: 0,
    metric: "validationLoss",
  });
});

const AT = "Cannot expand grid at rate=0.1 width=4: ";
const sizes = { train: 50, validation: 10, test: 10 };

const WRONG: readonly (readonly [Partial<Declaration>, string])[] = [
  [
    { metrics: ["validationTop2Accuracy"] },
    `${AT}metrics has "validationTop2Accuracy", which needs data of at least 3 classes, found 2`,
  ],
  [
    { select: "validationAuc", data: mnist(sizes) },
    `${AT}select has "validationAuc", which needs data of 2 classes, found 10`,
  ],
  [
    {
      metrics: ["validationTop3Accuracy"],
      data: csvDataset({ ...sizes, file: "a.csv", label: "kind", classes: ["a", "b", "c"] }),
    },
    `${AT}metrics has "validationTop3Accuracy", which needs data of at least 4 classes, found 3`,
  ],
  [
    { trial: () => ({ ...sound, solver: { ...sound.solver, metrics: ["validationLoss"] } as never }) },
    `${AT}solver.metrics must be declared beside trial, since all trials are measured alike, found ["validationLoss"]`,
  ],
  [
    {
      trial: () => ({ ...sound, solver: { ...sound.solver, select: "validationLoss" } as never }),
      select: "validationLoss",
    },
    `${AT}solver.select must be declared beside trial, since all trials are measured alike, found "validationLoss"`,
  ],
  [
    {
      trial: () => ({
        ...sound,
        solver: { ...sound.solver, patience: { epochs: 1, metric: "validationLoss" } },
      }),
    },
    `${AT}solver.patience.metric must be measured, found "validationLoss"; add it to metrics`,
  ],
];

for (const [changes, message] of WRONG) {
  Deno.test(`expandPoints() throws: ${message}`, () => {
    assertEquals(assertThrows(() => expand(changes), InputError).message, message);
  });
}

const data = blobs({ numClasses: 2, inputDim: 2, spread: 1, train: 50, validation: 10, test: 12 });
const dataset = await loadDataset(data);

Deno.test("evaluateTrial() measures on the test split what the trial measures on validation", () => {
  const [trial] = expand({ data, metrics: ["validationLoss", "validationAuc"] }).trials;
  const { event, weights } = [...runTrial(trial, { dataset })].at(-1)!;
  assert(event.type === "done");
  const { testAccuracy, metrics = {} } = evaluateTrial(trial, { dataset, weights: weights! });
  assertEquals(Object.keys(metrics), ["testLoss", "testAuc"]);
  const [plain] = expand({ data }).trials;
  assertEquals(evaluateTrial(plain, { dataset, weights: weights! }), { testAccuracy });
  // The same rows as validation split give the same values.
  const onTest = { ...dataset, validation: dataset.test };
  const [first] = runTrial(trial, { dataset: onTest });
  assert(first.event.type === "epoch");
  const atStart = [...runTrial({ ...trial, solver: { ...trial.solver, epochs: 1 } }, { dataset: onTest })];
  const end = atStart.at(-1)!;
  assert(end.event.type === "done");
  const tested = evaluateTrial(trial, { dataset, weights: end.weights! });
  const { validationLoss, validationAuc } = end.event.bestMetrics!;
  assertEquals(tested.metrics, { testLoss: validationLoss, testAuc: validationAuc });
});

Deno.test("testRepeat() ends a trial as diverged when its loss on the test split is not finite", () => {
  const [trial] = expand({
    data,
    select: "validationLoss",
    trial: () => ({ ...sound, model: { hiddenDims: [], dtype: "float64" } }),
  }).trials;
  const weights = new Float64Array([1e308, -1e308, 0, 0, 0, 0]);
  const x = Float32Array.from({ length: 24 }, (_, i) => i % 2 === 0 ? -1.5 : 0);
  const test = { ...dataset.test, x, labels: new Int32Array(12) };
  const trained = {
    trial,
    weights: new Uint8Array(weights.buffer),
    bestEpoch: 1,
    bestValidationAccuracy: 0.5,
  };
  const tested = testRepeat([trained], { dataset: { ...dataset, mean: new Float32Array(2), test } });
  assertEquals(tested, {
    type: "diverged",
    trial: trial.id,
    epoch: 1,
    reason: "the loss is Infinity for row 0 of the test split after epoch 1",
    split: "test",
  });
});

Deno.test("checkMeasurable() throws when a split lacks a class", () => {
  const experiment = { name: "grid", metrics: ["validationAuc"] } as const;
  checkMeasurable(experiment, { dataset });
  const test = { ...dataset.test, labels: new Int32Array(12) };
  checkMeasurable({ name: "grid" }, { dataset: { ...dataset, test } });
  assertEquals(
    assertThrows(() => checkMeasurable(experiment, { dataset: { ...dataset, test } }), InputError).message,
    'Cannot run grid: metrics has "validationAuc", which needs rows of both classes in the test split, found none of class "1"',
  );
});

Deno.test("defineExperiment() has types that know every metric, and no other", () => {
  // @ts-expect-error: no metric is called so.
  assertThrows(() => defineExperiment({ ...declaration, select: "validationF1" }), InputError);
  // @ts-expect-error: a metric of the test split chooses nothing.
  assertThrows(() => defineExperiment({ ...declaration, metrics: ["testLoss"] }), InputError);
  // @ts-expect-error: k is a number.
  assertThrows(() => defineExperiment({ ...declaration, metrics: ["validationTopAccuracy"] }), InputError);
  // @ts-expect-error: the experiment declares what is measured, not a trial.
  const solver: TrialSettings["solver"] = { ...sound.solver, select: "validationLoss" };
  assertEquals(Object.keys(solver).includes("select"), true);
});

Deno.test("checkMeasurable() looks at the folds instead of the validation split, and throws when one lacks a class", () => {
  const experiment = { name: "grid", metrics: ["validationAuc"] } as const;
  const validation = { ...dataset.validation, labels: new Int32Array(10) };
  const folded = { ...dataset, validation };
  checkMeasurable(experiment, { dataset: folded, folds: 3 });
  const groups = (n: number, rare: number) =>
    Int32Array.from({ length: n }, (_, row) => row === rare ? 1 : 0);
  const lacking = {
    ...folded,
    train: { ...dataset.train, groups: groups(50, 2) },
    validation: { ...validation, groups: groups(10, -1) },
  };
  assertEquals(
    assertThrows(() => checkMeasurable(experiment, { dataset: lacking, folds: 2 }), InputError).message,
    'Cannot run grid: metrics has "validationAuc", which needs rows of both classes in each fold, found none of class "1" ' +
      "in fold 1",
  );
});

Deno.test("testRepeat() measures the nets of all folds by the means of their probabilities", () => {
  const metrics = ["validationLoss", "validationMacroF1", "validationAuc"] as const;
  const folds = expand({ data: { ...data, folds: 3 }, metrics, grid: { rate: [0.1], width: [4] } }).trials;
  const repeat = folds.map((trial) => {
    const { event, weights } = [...runTrial(trial, { dataset })].at(-1)!;
    assert(event.type === "done");
    return { ...event, trial, weights: weights! };
  });
  const tested = testRepeat(repeat, { dataset });
  assert("testAccuracy" in tested);
  const { data: means } = meanOutputs(repeat, { setting: { dataset } });
  const labels = [...dataset.test.labels];
  const right = labels.filter((label, row) => (means[2 * row + 1] > means[2 * row] ? 1 : 0) === label);
  assertEquals(tested.testAccuracy, right.length / 12);
  const loss = labels.reduce((sum, label, row) => sum - Math.log(means[2 * row + label]), 0) / 12;
  assertAlmostEquals(tested.metrics!.testLoss!, loss, 1e-12);
  const pairs = labels.flatMap((label, row) =>
    label === 0 ? [] : labels.flatMap((other, against) => {
      const [high, low] = [means[2 * row + 1], means[2 * against + 1]];
      return other === 1 ? [] : [high > low ? 1 : high === low ? 0.5 : 0];
    })
  );
  assertAlmostEquals(
    tested.metrics!.testAuc!,
    pairs.reduce((sum, won) => sum + won, 0) / pairs.length,
    1e-12,
  );
  const same = repeat.map((one) => ({ ...repeat[0], trial: { ...repeat[0].trial, id: one.trial.id } }));
  const [alone, together] = [testRepeat([repeat[0]], { dataset }), testRepeat(same, { dataset })];
  assert("testAccuracy" in alone && "testAccuracy" in together);
  assertEquals(together.testAccuracy, alone.testAccuracy);
  assertAlmostEquals(together.metrics!.testLoss!, alone.metrics!.testLoss!, 1e-12);
});
