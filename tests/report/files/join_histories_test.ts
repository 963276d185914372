import { assertEquals } from "@std/assert";
import { historyCsv } from "../../../lib/report/files/history_csv.ts";
import { indexHistory } from "../../../lib/report/files/history_rows.ts";
import { joinHistories } from "../../../lib/report/files/join_histories.ts";
import { doneEvents, fakeExperiment, fakeGrid } from "../fakes.ts";

Deno.test("joinHistories() gives the text that one run writes, whatever the order of the shards", () => {
  const grid = fakeGrid(fakeExperiment());
  const events = ["0.1-0", "0.3-0"].flatMap((trial) => doneEvents(trial, 0.5));
  const whole = historyCsv(grid, { events });
  const history = new Map([...indexHistory(whole, { path: "history.csv" })].toReversed());
  assertEquals(joinHistories(grid, { history }).join(""), whole);
});

Deno.test("joinHistories() has the column of folds that one run writes", () => {
  const experiment = fakeExperiment();
  const grid = fakeGrid({ ...experiment, data: { ...experiment.data, folds: 2 } });
  const whole = historyCsv(grid, { events: doneEvents("0.1-0-1", 0.5) });
  const history = indexHistory(whole, { path: "history.csv", isFolded: true });
  assertEquals(joinHistories(grid, { history }).join(""), whole);
});
