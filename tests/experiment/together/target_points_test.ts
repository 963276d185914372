// Several sources together: the declaration of experiments on numbers and labels, and its points.
import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { blobs } from "../../../lib/data/blobs.ts";
import { defineExperiment } from "../../../lib/experiment/declaration/define_experiment.ts";
import { expandGrid } from "../../../lib/experiment/points/expand_grid.ts";
import { expandPoints } from "../../../lib/experiment/points/expand_points.ts";
import type { SolverSpec } from "../../../lib/nn/training/solver_spec.ts";
import { type Declaration, declaration } from "../fakes.ts";
import { targetSpec } from "../target_trials.ts";

const NUMBERS = targetSpec("numbers");
const LABELS = targetSpec("labels");
const CLASSES = blobs({ numClasses: 2, inputDim: 2, spread: 1, train: 50, validation: 10, test: 10 });

/** Expands an experiment of one point whose solver has some settings. */
function expand(
  changes: Partial<Omit<Declaration, "data">> & { readonly data: unknown },
  solver: object = {},
) {
  const experiment = defineExperiment({
    ...declaration,
    grid: { rate: [0.1], width: [4] },
    trial: (point) => {
      const settings = declaration.trial(point);
      return { ...settings, solver: { ...settings.solver, ...solver } as SolverSpec };
    },
    ...changes,
  } as Declaration);
  return expandGrid(expandPoints(experiment), { dataDigest: "d" });
}

const idOf = (data: unknown, solver: object = {}, changes: object = {}) =>
  expand({ data, ...changes }, solver).trials[0].id;

Deno.test("expandGrid() gives the same id when a loss or a metric confirms the default of its data", () => {
  const same: readonly (readonly [unknown, readonly object[]])[] = [
    [NUMBERS, [{ loss: { name: "squared" } }]],
    [LABELS, [{ loss: {} }, { loss: { name: "sigmoid" } }, { loss: { name: "sigmoid", labelSmoothing: 0 } }]],
    [CLASSES, [{ loss: {} }, { loss: { name: "softmax" } }, { loss: { labelSmoothing: 0 } }]],
  ];
  for (const [data, solvers] of same) {
    for (const solver of solvers) assertEquals(idOf(data, solver), idOf(data));
  }
  assertEquals(
    idOf(NUMBERS, { loss: { name: "huber", delta: 1 } }),
    idOf(NUMBERS, { loss: { name: "huber" } }),
  );
  assertEquals(idOf(NUMBERS, {}, { select: "validationRmse" }), idOf(NUMBERS));
  assertEquals(idOf(NUMBERS, {}, { metrics: ["validationR2", "validationMae"] }), idOf(NUMBERS));
  assertEquals(idOf(LABELS, {}, { select: "validationAccuracy" }), idOf(LABELS));
});

Deno.test("expandGrid() gives another id to another loss, and the loss has just the settings that are not the default", () => {
  const losses = [
    { name: "squared" },
    { name: "huber" },
    { name: "huber", delta: 2 },
  ];
  assertEquals(new Set(losses.map((loss) => idOf(NUMBERS, { loss }))).size, 3);
  assertNotEquals(idOf(CLASSES, { loss: { name: "sigmoid" } }), idOf(CLASSES));
  const lossOf = (data: unknown, loss: object) => expand({ data }, { loss }).trials[0].solver.loss;
  assertEquals(lossOf(NUMBERS, { name: "huber", delta: 1 }), { name: "huber" });
  assertEquals(lossOf(NUMBERS, { name: "squared" }), undefined);
  assertEquals(lossOf(LABELS, { name: "sigmoid", labelSmoothing: 0.1 }), { labelSmoothing: 0.1 });
  assertEquals(lossOf(CLASSES, { name: "sigmoid", labelSmoothing: 0 }), { name: "sigmoid" });
});

Deno.test("expandPoints() takes data of numbers from a function where the selected metric measures them", () => {
  const fixed = expand({ data: NUMBERS }).trials[0];
  const given = expand({ data: () => NUMBERS, select: "validationRmse" }).trials[0];
  assertEquals([given.id, given.solver], [fixed.id, fixed.solver]);
  for (const metrics of [["validationRmse"], ["validationR2"]] as const) {
    assertEquals(expand({ data: () => NUMBERS, metrics }).trials[0].id, fixed.id);
  }
  assertEquals(
    expand({ data: () => NUMBERS, metrics: ["validationRmse"], select: "validationLoss" }).trials[0].solver
      .metrics,
    ["validationRmse", "validationMae", "validationR2", "validationLoss"],
  );
});

const AT = "Cannot expand grid at rate=0.1 width=4: ";
const DEFINE = "Cannot define an experiment: ";
const NEEDS_TARGET = "which needs data with a target, found data with";

const WRONG: readonly (readonly [string, unknown, object, object, string])[] = [
  [
    "softmax of numbers",
    NUMBERS,
    {},
    { loss: { name: "softmax" } },
    `${AT}solver.loss.name must be "squared" or "huber" for data with a target, found "softmax"`,
  ],
  [
    "sigmoid of numbers",
    NUMBERS,
    {},
    { loss: { name: "sigmoid" } },
    `${AT}solver.loss.name must be "squared" or "huber" for data with a target, found "sigmoid"`,
  ],
  [
    "huber of labels",
    LABELS,
    {},
    { loss: { name: "huber" } },
    `${AT}solver.loss.name must be "sigmoid" for data with several labels, found "huber"`,
  ],
  [
    "squared of classes",
    CLASSES,
    {},
    { loss: { name: "squared" } },
    `${AT}solver.loss.name must be "softmax" or "sigmoid" for data with classes, found "squared"`,
  ],
  [
    "sigmoid of three classes",
    { ...CLASSES, numClasses: 3 },
    {},
    { loss: { name: "sigmoid" } },
    `${AT}solver.loss.name "sigmoid" needs data of 2 classes, found 3`,
  ],
  [
    "class weights of labels",
    LABELS,
    {},
    { loss: { classWeights: "balanced" } },
    `${AT}solver.loss.classWeights must not be given for data with several labels`,
  ],
  [
    "smoothing of numbers",
    NUMBERS,
    {},
    { loss: { name: "squared", labelSmoothing: 0.1 } },
    `${AT}solver.loss.labelSmoothing is not a field, the fields are name`,
  ],
  [
    "a delta of squared",
    NUMBERS,
    {},
    { loss: { name: "squared", delta: 2 } },
    `${AT}solver.loss.delta is not a field, the fields are name`,
  ],
  [
    "a delta without a name",
    NUMBERS,
    {},
    { loss: { delta: 2 } },
    `${AT}solver.loss.delta is not a field, the fields are name`,
  ],
  [
    "a delta of 0",
    NUMBERS,
    {},
    { loss: { name: "huber", delta: 0 } },
    `${AT}solver.loss.delta must be a number above 0, found 0`,
  ],
  [
    "an unknown loss",
    NUMBERS,
    {},
    { loss: { name: "mse" } },
    `${AT}solver.loss.name must be "softmax", "sigmoid", "squared" or "huber", found "mse"`,
  ],
  [
    "accuracy of numbers",
    NUMBERS,
    { select: "validationAccuracy" },
    {},
    `${DEFINE}select has "validationAccuracy", which needs data with classes or several labels, found data with a target`,
  ],
  [
    "AUC of numbers",
    NUMBERS,
    { metrics: ["validationAuc"] },
    {},
    `${DEFINE}metrics has "validationAuc", which needs data with classes, found data with a target`,
  ],
  [
    "RMSE of classes",
    CLASSES,
    { select: "validationRmse" },
    {},
    `${DEFINE}select has "validationRmse", ${NEEDS_TARGET} classes`,
  ],
  [
    "RMSE of labels",
    LABELS,
    { metrics: ["validationRmse"] },
    {},
    `${DEFINE}metrics has "validationRmse", ${NEEDS_TARGET} several labels`,
  ],
  [
    "numbers of a function without select",
    () => NUMBERS,
    {},
    {},
    `${AT}select has "validationAccuracy", which needs data with classes or several labels, found data with a target`,
  ],
  [
    "numbers of a function that select a loss alone",
    () => NUMBERS,
    { select: "validationLoss" },
    {},
    `${AT}metrics must have "validationRmse" where the data of a point have a target, found ["validationLoss"]`,
  ],
  [
    "classes of a function that select RMSE",
    () => CLASSES,
    { select: "validationRmse" },
    {},
    `${AT}select has "validationRmse", ${NEEDS_TARGET} classes`,
  ],
  [
    "classes of a function that measure RMSE",
    () => CLASSES,
    { metrics: ["validationRmse"] },
    {},
    `${AT}select has "validationRmse", ${NEEDS_TARGET} classes`,
  ],
];

for (const [what, data, changes, solver, message] of WRONG) {
  Deno.test(`defineExperiment() or expandPoints() throws when there are ${what}`, () => {
    const error = assertThrows(() => expand({ data, ...changes }, solver), InputError);
    assertEquals(error.message, message);
  });
}
