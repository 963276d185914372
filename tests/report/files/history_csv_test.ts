import { assertEquals } from "@std/assert";
import { historyCsv } from "../../../lib/report/files/history_csv.ts";
import { doneEvents, fakeExperiment, fakeGrid } from "../fakes.ts";

Deno.test("historyCsv() writes a row an epoch, with an empty loss before training", () => {
  const grid = fakeGrid(fakeExperiment());
  assertEquals(historyCsv(grid, { events: doneEvents("0.2-0", 0.5) }).split("\r\n"), [
    "trial,epoch,loss,train_accuracy,validation_accuracy,learning_rate,weights_sha256",
    "0.2-0,0,,0.25,0.25,1e-7,sha-0.2-0",
    "0.2-0,1,0.3333333333333333,0.5,0.5,1e-7,sha-0.2-0",
    "",
  ]);
});

Deno.test("historyCsv() ends with the fold of the trial where the data have folds", () => {
  const experiment = fakeExperiment();
  const grid = fakeGrid({ ...experiment, data: { ...experiment.data, folds: 2 } });
  assertEquals(historyCsv(grid, { events: doneEvents("0.2-0-1", 0.5) }).split("\r\n"), [
    "trial,epoch,loss,train_accuracy,validation_accuracy,learning_rate,weights_sha256,fold",
    "0.2-0-1,0,,0.25,0.25,1e-7,sha-0.2-0-1,1",
    "0.2-0-1,1,0.3333333333333333,0.5,0.5,1e-7,sha-0.2-0-1,1",
    "",
  ]);
});
