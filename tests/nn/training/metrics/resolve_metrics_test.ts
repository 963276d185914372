import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../../lib/core/check/errors.ts";
import type { TargetKind } from "../../../../lib/core/facts/metric.ts";
import type { Dataset } from "../../../../lib/data/base/dataset.ts";
import {
  checkMetricsData,
  type MetricsSpec,
  resolveMetrics,
} from "../../../../lib/nn/training/metrics/resolve_metrics.ts";
import { resolveSolver } from "../../../../lib/nn/training/resolve_solver.ts";
import type { SolverSpec } from "../../../../lib/nn/training/solver_spec.ts";

const PLACE = { action: "train", path: "solver." };

const RESOLVED: readonly (readonly [MetricsSpec, MetricsSpec])[] = [
  [{}, {}],
  [{ metrics: [], select: "validationAccuracy" }, {}],
  [{ metrics: ["validationAccuracy"] }, {}],
  [{ select: "validationLoss" }, { metrics: ["validationLoss"], select: "validationLoss" }],
  [
    {
      metrics: [
        ...["validationAuc", "validationTop10Accuracy", "validationTop2Accuracy"] as const,
        ...["validationBalancedAccuracy", "validationAccuracy", "validationMacroF1"] as const,
      ],
      select: "validationLoss",
    },
    {
      metrics: [
        ...["validationLoss", "validationMacroF1", "validationBalancedAccuracy"] as const,
        ...["validationTop2Accuracy", "validationTop10Accuracy", "validationAuc"] as const,
      ],
      select: "validationLoss",
    },
  ],
];

for (const [given, resolved] of RESOLVED) {
  Deno.test(`resolveMetrics() gives one order, without defaults, when given ${JSON.stringify(given)}`, () => {
    assertEquals(resolveMetrics(given, PLACE), resolved);
    assertEquals(resolveMetrics(resolved, PLACE), resolved);
  });
}

const NAMES = '"validationAccuracy", "validationLoss", "validationMacroF1", "validationBalancedAccuracy", ' +
  '"validationTop2Accuracy" (or another k from 2 on), "validationAuc", ' +
  '"validationLabelAccuracy", "validationRmse", "validationMae" or "validationR2"';

const WRONG: readonly (readonly [unknown, string])[] = [
  [{ metrics: "validationLoss" }, 'solver.metrics must be a list of metrics, found "validationLoss"'],
  [{ metrics: null }, "solver.metrics must be a list of metrics, found null"],
  [
    { metrics: ["validationLoss", "validationF1"] },
    `solver.metrics[1] must be ${NAMES}, found "validationF1"`,
  ],
  // deno-lint-ignore no-sparse-arrays
  [{ metrics: ["validationLoss", , "validationAuc"] }, `solver.metrics[1] must be ${NAMES}, found null`],
  [
    { metrics: ["validationLoss", "validationAuc", "validationLoss"] },
    'solver.metrics[2] must be another metric than solver.metrics[0], found "validationLoss"',
  ],
  ...[
    "loss",
    "testLoss",
    "validation",
    "validationTopAccuracy",
    "validationTop1Accuracy",
    "validationTop02Accuracy",
    "validationTop2.5Accuracy",
    "validationtoString",
    "validationvalidationLoss",
    "validationtestLoss",
    "validationTop99999999999999999999Accuracy",
  ].map((name) =>
    [{ select: name }, `solver.select must be ${NAMES}, found ${JSON.stringify(name)}`] as const
  ),
  [{ select: 3 }, `solver.select must be ${NAMES}, found 3`],
];

for (const [given, message] of WRONG) {
  Deno.test(`resolveMetrics() throws when given ${JSON.stringify(given)}`, () => {
    assertEquals(
      assertThrows(() => resolveMetrics(given as MetricsSpec, PLACE), InputError).message,
      `Cannot train: ${message}`,
    );
  });
}

const NUMBERS = ["validationRmse", "validationMae", "validationR2"] as const;

const OF_KIND: readonly (readonly [TargetKind, MetricsSpec, MetricsSpec])[] = [
  ["numbers", {}, { metrics: NUMBERS, select: "validationRmse" }],
  ["numbers", { metrics: ["validationR2"], select: "validationRmse" }, {
    metrics: NUMBERS,
    select: "validationRmse",
  }],
  ["numbers", { select: "validationR2" }, { metrics: NUMBERS, select: "validationR2" }],
  ["numbers", { select: "validationLoss" }, {
    metrics: [...NUMBERS, "validationLoss"],
    select: "validationLoss",
  }],
  ["labels", {}, {}],
  ["labels", { select: "validationAccuracy" }, {}],
  ["labels", { metrics: ["validationMacroF1", "validationLabelAccuracy"], select: "validationLoss" }, {
    metrics: ["validationLoss", "validationLabelAccuracy", "validationMacroF1"],
    select: "validationLoss",
  }],
];

for (const [kind, given, resolved] of OF_KIND) {
  Deno.test(`resolveMetrics() measures what ${kind} need in any case when given ${JSON.stringify(given)}`, () => {
    assertEquals(resolveMetrics(given, { ...PLACE, kind }), resolved);
    assertEquals(resolveMetrics(resolved, { ...PLACE, kind }), resolved);
  });
}

Deno.test("resolveMetrics() measures what numbers need when only the selected metric shows that they are", () => {
  for (const select of NUMBERS) {
    assertEquals(resolveMetrics({ select }, PLACE), { metrics: NUMBERS, select });
  }
});

const OF_OTHER_KIND: readonly (readonly [TargetKind, MetricsSpec, string])[] = [
  [
    "numbers",
    { metrics: ["validationAuc"] },
    'metrics has "validationAuc", which needs data with classes, found data with a target',
  ],
  [
    "numbers",
    { select: "validationAccuracy" },
    'select has "validationAccuracy", which needs data with classes or several labels, found data with a target',
  ],
  [
    "numbers",
    { metrics: ["validationAccuracy"] },
    'metrics has "validationAccuracy", which needs data with classes or several labels, found data with a target',
  ],
  [
    "numbers",
    { metrics: ["validationTop2Accuracy"] },
    'metrics has "validationTop2Accuracy", which needs data with classes, found data with a target',
  ],
  [
    "labels",
    { metrics: ["validationRmse"] },
    'metrics has "validationRmse", which needs data with a target, found data with several labels',
  ],
  [
    "labels",
    { select: "validationBalancedAccuracy" },
    'select has "validationBalancedAccuracy", which needs data with classes, found data with several labels',
  ],
  [
    "class",
    { select: "validationR2" },
    'select has "validationR2", which needs data with a target, found data with classes',
  ],
  [
    "class",
    { metrics: ["validationLoss", "validationMae"] },
    'metrics has "validationMae", which needs data with a target, found data with classes',
  ],
  [
    "class",
    { metrics: ["validationLabelAccuracy"] },
    'metrics has "validationLabelAccuracy", which needs data with several labels, found data with classes',
  ],
];

for (const [kind, given, message] of OF_OTHER_KIND) {
  Deno.test(`resolveMetrics() throws when data of kind ${kind} meet ${JSON.stringify(given)}`, () => {
    const error = assertThrows(() => resolveMetrics(given, { ...PLACE, kind }), InputError);
    assertEquals(error.message, `Cannot train: solver.${message}`);
  });
}

const PATIENCE: readonly (readonly [object, string | null])[] = [
  [{ epochs: 2 }, null],
  [{ epochs: 2, minDelta: 3.5 }, null],
  [{ epochs: 2, metric: "validationMae", minDelta: 40 }, null],
  [{ epochs: 2, metric: "validationR2", minDelta: 0.01 }, null],
  [
    { epochs: 2, metric: "validationLoss" },
    'solver.patience.metric must be measured, found "validationLoss"; add it to metrics',
  ],
  [
    { epochs: 2, metric: "validationAccuracy" },
    'solver.patience.metric must be one of numbers, such as "validationRmse", found "validationAccuracy"',
  ],
  [{ epochs: 2, minDelta: -1 }, "solver.patience.minDelta must be a number from 0 on, found -1"],
];

for (const [patience, message] of PATIENCE) {
  Deno.test(`resolveSolver() ${message === null ? "accepts" : "throws at"} ${JSON.stringify(patience)} of numbers`, () => {
    const resolve = () =>
      resolveSolver(
        { optimizer: { name: "sgd", learningRate: 1 }, batchSize: 1, epochs: 1, patience } as SolverSpec,
        { action: "train", kind: "numbers" },
      );
    if (message === null) assertEquals(resolve().patience!.epochs, 2);
    else assertEquals(assertThrows(resolve, InputError).message, `Cannot train: ${message}`);
  });
}

interface DataCase {
  readonly metrics: MetricsSpec;
  readonly classes: number;
  readonly validation: readonly number[];
  readonly test: readonly number[];
  /** What is wrong; null if nothing is. */
  readonly found: string | null;
}

const DATA: readonly DataCase[] = [
  { metrics: {}, classes: 3, validation: [0], test: [0], found: null },
  { metrics: { metrics: ["validationTop2Accuracy"] }, classes: 3, validation: [0], test: [0], found: null },
  { metrics: { metrics: ["validationAuc"] }, classes: 2, validation: [0, 1], test: [1, 0], found: null },
  {
    metrics: { metrics: ["validationLoss", "validationTop3Accuracy"], select: "validationLoss" },
    classes: 3,
    validation: [0],
    test: [0],
    found: 'solver.metrics has "validationTop3Accuracy", which needs data of at least 4 classes, found 3',
  },
  {
    metrics: { metrics: ["validationAuc"], select: "validationAuc" },
    classes: 3,
    validation: [0, 1],
    test: [0, 1],
    found: 'solver.select has "validationAuc", which needs data of 2 classes, found 3',
  },
  {
    metrics: { metrics: ["validationAuc"] },
    classes: 2,
    validation: [1, 1],
    test: [0, 1],
    found:
      'solver.metrics has "validationAuc", which needs rows of both classes in the validation split, found none of class "a"',
  },
  {
    metrics: { metrics: ["validationAuc"], select: "validationAuc" },
    classes: 2,
    validation: [1, 0],
    test: [0, 0],
    found:
      'solver.select has "validationAuc", which needs rows of both classes in the test split, found none of class "b"',
  },
];

for (const { metrics, classes, validation, test, found } of DATA) {
  const what = `${JSON.stringify(metrics)} meet ${classes} classes and ${
    JSON.stringify({ validation, test })
  }`;
  Deno.test(`checkMetricsData() ${found === null ? "accepts" : "throws"} when ${what}`, () => {
    const split = (labels: readonly number[]) => ({ labels: Int32Array.from(labels) });
    const dataset = {
      numClasses: classes,
      classNames: ["a", "b", "c"].slice(0, classes),
      validation: split(validation),
      test: split(test),
    } as unknown as Dataset;
    const check = () => checkMetricsData(metrics, { ...PLACE, dataset, splits: ["validation", "test"] });
    if (found === null) check();
    else assertEquals(assertThrows(check, InputError).message, `Cannot train: ${found}`);
  });
}
