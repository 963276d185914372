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
