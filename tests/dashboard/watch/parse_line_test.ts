import { assertEquals } from "@std/assert";
import {
  parseActivity,
  parseHistory,
  parseRecord,
  parseSettings,
} from "../../../lib/dashboard/watch/parse_line.ts";
import { encodeRecord } from "../../../lib/journal/journal_record.ts";
import { historyCsv } from "../../../lib/report/files/history_csv.ts";
import { doneEvents } from "../../report/fakes.ts";
import { numberResults } from "../../report/number_story.ts";
import { startLine } from "../fakes.ts";

Deno.test("parseActivity() reads what a run writes, and nothing that lacks a field", () => {
  const lines = [
    startLine(),
    { type: "started", at: 1, trial: "a", worker: 0 },
    { type: "ended", at: 1, trial: "a", worker: 0 },
    { type: "note", at: 1, message: "text" },
    { type: "closed", at: 1, status: "complete" },
  ];
  for (const line of lines) {
    const text = JSON.stringify(line);
    assertEquals(parseActivity(text), line as ReturnType<typeof parseActivity>);
    for (const name of Object.keys(line)) {
      // Workers count nothing here.
      if (name === "workers") continue;
      assertEquals(
        parseActivity(JSON.stringify({ ...line, [name]: undefined })),
        null,
        `${line.type} ${name}`,
      );
    }
  }
  for (const text of ["", "{", "null", "3", '"x"', '{"type":"other","at":1}', "<<<<<<< HEAD"]) {
    assertEquals(parseActivity(text), null);
  }
});

Deno.test("parseRecord() reads a record of a journal, and no epoch that would make a list too long", () => {
  for (const record of doneEvents("a", 0.5)) assertEquals(parseRecord(encodeRecord(record)), record);
  const [epoch] = doneEvents("a", 0.5);
  const at = (number: number) => parseRecord(encodeRecord({ ...epoch, epoch: number } as never));
  assertEquals([at(1_000_000) === null, at(1_000_001)], [false, null]);
  assertEquals([parseRecord("{}"), parseRecord('{"record":{"type":"epoch"}}')], [null, null]);
});

Deno.test("parseHistory() reads the heading and the rows of history.csv", () => {
  const heading = "trial,epoch,loss,train_accuracy,validation_accuracy,learning_rate,weights_sha256\r";
  assertEquals(parseHistory(heading, { number: 1 }), { metrics: [] });
  assertEquals(
    parseHistory(heading.replace("\r", ",validation_loss,validation_top2_accuracy"), { number: 1 }),
    {
      metrics: ["validationLoss", "validationTop2Accuracy"],
    },
  );
  assertEquals(parseHistory(heading.replace("\r", ",other"), { number: 1 }), null);
  assertEquals(parseHistory("trial,epoch", { number: 1 }), null);
  const row = { trial: "a", epoch: 2, loss: 0.5, trainAccuracy: 0.25, validationAccuracy: 0.75, further: [] };
  assertEquals(parseHistory("a,2,0.5,0.25,0.75,0.1,sha\r", { number: 2 }), row);
  assertEquals(parseHistory("a,2,0.5,0.25,0.75,0.1,sha,1.5,1", { number: 2 }), { ...row, further: [1.5, 1] });
  assertEquals(parseHistory("a,2,0.5,0.25,0.75,0.1,sha,x", { number: 2 }), null);
  assertEquals(parseHistory("a,0,,0.25,0.75,0.1,sha", { number: 2 }), { ...row, epoch: 0, loss: null });
  for (
    const line of ["a,,0.5,0.25,0.75,0.1,sha", "a,-1,0.5,0.25,0.75,0.1,sha", "a,2,x,0.25,0.75,0.1,sha", "a,2"]
  ) {
    assertEquals(parseHistory(line, { number: 2 }), null);
  }
});

Deno.test("parseHistory() reads numbers, which have an RMSE of training rows in place of accuracies, in folds too", () => {
  const { experiment: { metrics = [] }, grid, events } = numberResults({ 0.1: 7.5 });
  const [head, first, last] = historyCsv(grid, { events }).trimEnd().split("\r\n");
  assertEquals(parseHistory(head, { number: 1 }), { metrics });
  assertEquals(parseHistory(`${head},fold`, { number: 1 }), { metrics });
  assertEquals(parseHistory(head.replace("train_rmse,", ""), { number: 1 }), { metrics });
  assertEquals(parseHistory(head.replace(",validation_r2", ",train_rmse"), { number: 1 }), null);
  const row = (epoch: number, loss: number | null, trainRmse: number, further: readonly number[]) => ({
    trial: "0.1-0",
    epoch,
    loss,
    trainRmse,
    further,
  });
  assertEquals(parseHistory(first, { number: 2 }), row(0, null, 40, [50, 25, -49]));
  assertEquals(parseHistory(last, { number: 3 }), row(1, 0.5, 1.875, [7.5, 3.75, -6.5]));
  assertEquals(parseHistory(`${last},2`, { number: 3 }), row(1, 0.5, 1.875, [7.5, 3.75, -6.5, 2]));
  for (const damaged of [last.replace("1.875", "x"), last.slice(0, last.indexOf("1.875") - 1), `${last},-`]) {
    assertEquals(parseHistory(damaged, { number: 3 }), null);
  }
  for (const event of events) assertEquals(parseRecord(encodeRecord(event)), event);
});

Deno.test("parseSettings() reads model and solver of a trial", () => {
  const line = { trial: "a", model: { hiddenDims: [] }, solver: { epochs: 1 } };
  assertEquals(parseSettings(JSON.stringify(line)), line as never);
  for (const name of ["trial", "model", "solver"]) {
    assertEquals(parseSettings(JSON.stringify({ ...line, [name]: null })), null);
  }
});
