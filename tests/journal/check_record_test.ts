import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../lib/core/check/errors.ts";
import { checkRecord } from "../../lib/journal/check_record.ts";
import { doneEvents, fakeInspection } from "../report/fakes.ts";
import { HEADER, RECORDS } from "./fakes.ts";

const INSPECTION = { type: "inspection", ...fakeInspection() };
const ENSEMBLE = { type: "ensemble", trial: "a", trials: ["a", "b"], testAccuracy: 0.5 };
const [EPOCH, , DONE] = doneEvents("a", 0.5);

Deno.test("checkRecord() passes each record that a run writes, with fields of later versions", () => {
  for (const record of [HEADER, ...RECORDS, INSPECTION, ENSEMBLE]) checkRecord({ ...record, later: 1 });
  for (const metrics of [{ validationLoss: 7 }, { validationTop2Accuracy: 1, ofLaterVersion: "x" }]) {
    checkRecord({ ...EPOCH, metrics });
    checkRecord({ ...DONE, bestMetrics: metrics });
  }
  checkRecord({
    type: "test",
    trial: "a",
    testAccuracy: 1,
    metrics: { testLoss: 7, testAuc: 0.5, later: "x" },
  });
});

Deno.test("checkRecord() throws for each field that is missing", () => {
  for (const record of [HEADER, EPOCH, doneEvents("a", 0.5)[2], INSPECTION, ENSEMBLE]) {
    for (const name of Object.keys(record)) {
      const { message } = assertThrows(() => checkRecord({ ...record, [name]: undefined }), InputError);
      assertEquals(message.startsWith(`Cannot read a record: ${name} must be `), true, message);
    }
  }
});

Deno.test("checkRecord() throws what a field must be, also inside of lists", () => {
  const cases: readonly (readonly [record: unknown, message: string])[] = [
    [null, "it must be an object, found null"],
    [{ type: "other" }, "type must be one that this version knows, found other"],
    [{ type: "toString" }, "type must be one that this version knows, found toString"],
    [{ ...EPOCH, epoch: 1.5 }, "epoch must be a whole number from 0 on, found 1.5"],
    [{ ...EPOCH, trainAccuracy: 2 }, "trainAccuracy must be a fraction, found 2"],
    [{ ...EPOCH, metrics: [] }, "metrics must be an object, found []"],
    [
      { ...EPOCH, metrics: { validationLoss: -1 } },
      "metrics.validationLoss must be a number from 0 on, found -1",
    ],
    [
      { ...EPOCH, metrics: { validationTop3Accuracy: 1.5 } },
      "metrics.validationTop3Accuracy must be a fraction, found 1.5",
    ],
    [
      { ...DONE, bestMetrics: { validationAuc: null } },
      "bestMetrics.validationAuc must be a fraction, found null",
    ],
    [
      { type: "test", trial: "a", testAccuracy: 1, metrics: { testAuc: 2 } },
      "metrics.testAuc must be a fraction, found 2",
    ],
    [{ ...ENSEMBLE, trials: ["a", 1] }, 'trials must be a list, each element a text, found ["a",1]'],
    [{ ...ENSEMBLE, metrics: { testAuc: 2 } }, "metrics.testAuc must be a fraction, found 2"],
    [
      { ...ENSEMBLE, predictions: { labels: [0], predicted: [0], probabilities: [2] } },
      "predictions.probabilities must be a list, each element a fraction, found [2]",
    ],
    [
      { type: "diverged", trial: "a", epoch: 1, reason: "r", split: "train" },
      'split must be "test", found "train"',
    ],
    [
      { ...INSPECTION, mistakes: [{ ...INSPECTION.mistakes[0], picture: 3 }] },
      "mistakes.picture must be a text or null, found 3",
    ],
    [{ type: "warnings", warnings: [{ code: "c", where: "w" }] }, "warnings.message must be a text"],
  ];
  for (const [record, message] of cases) {
    const error = assertThrows(() => checkRecord(record), InputError);
    assertEquals(error.message, `Cannot read a record: ${message}`);
  }
});

const NUMBERS = { validationRmse: 3.5, validationMae: 2, validationR2: -7.25 };
const TESTED = { testRmse: 3.5, testMae: 2, testR2: -7.25 };
const TARGETS = {
  kind: "numbers",
  names: ["mpg"],
  measures: [{ rmse: 3.5, mae: 2, r2: -7.25 }],
  predictions: [{ values: [-1.5], predicted: [2e9] }],
};
const PLACE = { trial: "a", weightsSha256: "s" };
const OF_NUMBERS = {
  epoch: { type: "epoch", ...PLACE, epoch: 1, loss: null, learningRate: 1, trainRmse: 0, metrics: NUMBERS },
  done: { type: "done", ...PLACE, bestEpoch: 1, bestMetrics: NUMBERS },
  stopped: { type: "done", ...PLACE, bestEpoch: 1, lastEpoch: 4, bestMetrics: NUMBERS },
  test: { type: "test", trial: "a", metrics: TESTED },
  ensemble: { type: "ensemble", trial: "a", trials: ["a", "b"], metrics: TESTED, targets: TARGETS },
  inspection: { ...INSPECTION, targets: TARGETS },
};

Deno.test("checkRecord() passes each record of numbers, whose R² may be below 0", () => {
  for (const record of Object.values(OF_NUMBERS)) checkRecord({ ...record, later: 1 });
  const { predictions: _, ...without } = TARGETS;
  checkRecord({ ...INSPECTION, targets: { ...without, kind: "labels" } });
});

const { validationRmse: _, ...NO_RMSE } = NUMBERS;
const { testRmse: _t, ...NO_TEST_RMSE } = TESTED;

const DAMAGED: readonly (readonly [record: object, message: string])[] = [
  [{ ...OF_NUMBERS.epoch, metrics: undefined }, "metrics must be an object"],
  [{ ...OF_NUMBERS.epoch, metrics: NO_RMSE }, "metrics.validationRmse must be a number from 0 on"],
  [{ ...OF_NUMBERS.epoch, trainRmse: undefined }, "trainRmse must be a number from 0 on"],
  [{ ...OF_NUMBERS.epoch, trainRmse: undefined, metrics: undefined }, "trainAccuracy must be a fraction"],
  [{ ...OF_NUMBERS.epoch, trainRmse: -1 }, "trainRmse must be a number from 0 on, found -1"],
  [
    { ...OF_NUMBERS.epoch, metrics: { ...NUMBERS, validationR2: "1" } },
    'metrics.validationR2 must be a finite number, found "1"',
  ],
  [
    { ...OF_NUMBERS.epoch, metrics: { ...NUMBERS, validationMae: -1 } },
    "metrics.validationMae must be a number from 0 on, found -1",
  ],
  [{ ...OF_NUMBERS.done, bestMetrics: undefined }, "bestValidationAccuracy must be a fraction"],
  [{ ...OF_NUMBERS.done, bestMetrics: NO_RMSE }, "bestValidationAccuracy must be a fraction"],
  [{ ...OF_NUMBERS.test, metrics: undefined }, "testAccuracy must be a fraction"],
  [{ ...OF_NUMBERS.test, metrics: NO_TEST_RMSE }, "testAccuracy must be a fraction"],
  [{ ...OF_NUMBERS.ensemble, metrics: NO_TEST_RMSE }, "testAccuracy must be a fraction"],
  [
    { ...OF_NUMBERS.inspection, targets: { ...TARGETS, kind: "class" } },
    'targets.kind must be "numbers" or "labels", found "class"',
  ],
  [
    { ...OF_NUMBERS.ensemble, targets: { ...TARGETS, names: "mpg" } },
    'targets.names must be a list, each element a text, found "mpg"',
  ],
  [
    { ...OF_NUMBERS.inspection, targets: { ...TARGETS, predictions: [{ values: [1] }] } },
    "targets.predictions.predicted must be a list, each element a finite number",
  ],
];

for (const [record, message] of DAMAGED) {
  Deno.test(`checkRecord() throws at a record of numbers: ${message}`, () => {
    const error = assertThrows(() => checkRecord(record), InputError);
    assertEquals(error.message, `Cannot read a record: ${message}`);
  });
}
