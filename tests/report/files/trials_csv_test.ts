import { assertEquals, assertStringIncludes } from "@std/assert";
import { trialsCsv } from "../../../lib/report/files/trials_csv.ts";
import { threeTrials } from "../three_trials.ts";

Deno.test("trialsCsv() writes a row a trial in grid order when trials ended in another", () => {
  assertEquals(trialsCsv(threeTrials()).split("\r\n"), [
    "trial,rate,repeat,status,best_epoch,best_validation_accuracy,train_accuracy,loss,test_accuracy," +
    "weights_sha256,reason",
    "0.1-0,0.1,0,done,1,0.5,0.5,0.3333333333333333,0.75,sha-0.1-0,",
    '0.2-0,0.2,0,diverged,,,,,,,"loss is NaN, at once"',
    "0.3-0,0.3,0,done,1,0.25,0.5,0.3333333333333333,,sha-0.3-0,",
    "",
  ]);
});

Deno.test("trialsCsv() heads an axis axis.<name> when it is called like a column", () => {
  const value = threeTrials();
  const renamed = { ...value, experiment: { ...value.experiment, grid: { loss: [1] } }, trials: [] };
  assertStringIncludes(trialsCsv(renamed), "trial,axis.loss,repeat,");
});

Deno.test("trialsCsv() ends with the fold where the data have folds, and only then", () => {
  const value = threeTrials();
  const folded = {
    ...value,
    experiment: { ...value.experiment, grid: { fold: [1] }, data: { ...value.experiment.data, folds: 3 } },
    trials: value.trials.map((trial, fold) => ({ ...trial, point: { fold: 1 }, fold })),
  };
  const [head, ...rows] = trialsCsv(folded).trimEnd().split("\r\n");
  assertStringIncludes(head, "trial,axis.fold,repeat,");
  assertEquals([head, ...rows].map((row) => row.split(",").at(-1)), ["fold", "0", "1", "2"]);
  const unfolded = { ...value, experiment: { ...value.experiment, grid: { fold: [1] } }, trials: [] };
  assertStringIncludes(trialsCsv(unfolded), "trial,fold,repeat,");
});
