import { assertEquals } from "@std/assert";
import { historyCsv } from "../../../lib/report/files/history_csv.ts";
import { indexHistory } from "../../../lib/report/files/history_rows.ts";
import { curvesOfEvents, curvesOfHistory } from "../../../lib/report/story/curve.ts";
import { doneEvents, fakeExperiment, fakeGrid } from "../fakes.ts";

Deno.test("curvesOfHistory() reads from history.csv what curvesOfEvents() reads from events", () => {
  const grid = fakeGrid(fakeExperiment());
  const events = [...doneEvents("0.1-0", 1 / 3), ...doneEvents("0.2-0", 0.1)];
  const history = indexHistory(historyCsv(grid, { events }), { path: "history.csv" });
  assertEquals([...curvesOfHistory(history)], [...curvesOfEvents(events)]);
});
