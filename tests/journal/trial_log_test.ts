import { assertEquals, assertThrows } from "@std/assert";
import { BrokenPromiseError } from "../../lib/core/check/errors.ts";
import type { LogRecord } from "../../lib/journal/journal_record.ts";
import { TrialLog } from "../../lib/journal/trial_log.ts";
import { doneEvents, fakeInspection } from "../report/fakes.ts";

const [first, last, done] = doneEvents("a", 0.5);
const failed = { type: "failed", trial: "a", reason: "its worker died" } as const;
const diverged = { type: "diverged", trial: "a", epoch: 1, reason: "loss is NaN" } as const;

/** Returns a log of records, and what each said: something new or not. */
function logOf(...records: readonly LogRecord[]): readonly [TrialLog, readonly boolean[]] {
  const log = new TrialLog();
  return [log, records.map((record) => log.add(record))];
}

Deno.test("TrialLog.add() takes an equal record once, also when its fields stand in another order", () => {
  const { type, ...rest } = last;
  const [log, news] = logOf(first, last, { ...rest, type } as typeof last, first, done, done);
  assertEquals(news, [true, true, false, false, true, false]);
  assertEquals(log.endedEvents(), [first, last, done]);
});

Deno.test("TrialLog.add() throws both values of a record that contradicts another", () => {
  const [log] = logOf(first, { type: "test", trial: "a", testAccuracy: 0.5 });
  const { message } = assertThrows(() => log.add({ ...first, loss: 1 } as typeof first), BrokenPromiseError);
  const start = "Cannot accept an event of trial a: the same trial gave another value before, found ";
  assertEquals([message.startsWith(start), message.includes('"loss":1'), message.includes('"loss":null')], [
    true,
    true,
    true,
  ]);
  assertThrows(() => log.add({ type: "test", trial: "a", testAccuracy: 0.75 }), BrokenPromiseError);
});

Deno.test("TrialLog.add() lets a later end take the place of a failure, and no failure that of a result", () => {
  const [log, news] = logOf(failed, failed, done, failed);
  assertEquals(news, [true, false, true, false]);
  assertEquals([log.end("a"), log.hasResult("a"), log.failures(["a", "b"])], [done, true, []]);
  const [other] = logOf(failed);
  assertEquals([other.hasResult("a"), other.failures(["a", "b"])], [false, [failed]]);
});

Deno.test("TrialLog.add() lets a trial that was done diverge on the test split, and in no other way", () => {
  const [log, news] = logOf(done, { ...diverged, split: "test" }, done);
  assertEquals(news, [true, true, false]);
  assertEquals([log.end("a")?.type, log.done("a")], ["diverged", null]);
  const [strict] = logOf(done);
  assertThrows(() => strict.add(diverged), BrokenPromiseError);
});

Deno.test("TrialLog says nothing about a trial that has not ended", () => {
  const [log] = logOf(first, last);
  assertEquals([log.end("a"), log.endedEvents(), log.trialsWithResult()], [null, [], []]);
  assertEquals([log.epoch("a", 1), log.epoch("a", 2), log.epoch("b", 0)], [last, null, null]);
});

Deno.test("TrialLog.endedEventsOf() has epochs in order, however they came", () => {
  const [log] = logOf(done, last, first);
  assertEquals(log.endedEventsOf("a"), [first, last, done]);
});

Deno.test("TrialLog.missingEpoch() looks at trials with a result whose epochs are known", () => {
  const epochsOf = (trial: string) => trial === "a" ? 1 : undefined;
  const missing = (...records: readonly LogRecord[]) => logOf(...records)[0].missingEpoch({ epochsOf });
  assertEquals(missing(first, last, done), null);
  assertEquals(missing(last, done), { trial: "a", epoch: 0 });
  assertEquals(missing(first, done), { trial: "a", epoch: 1 });
  assertEquals(missing(last), null);
  assertEquals(missing(last, failed), null);
  // The epoch in which it diverged was not measured.
  assertEquals(missing(first, diverged), null);
  assertEquals(missing({ ...done, trial: "b" }), null);
});

Deno.test("TrialLog keeps the last warnings, and the accuracies and looks of the test split", () => {
  const warnings = [{ code: "c", where: "here", message: "odd" }];
  const test = { type: "test", trial: "a", testAccuracy: 0.75, metrics: { testLoss: 0.5 } } as const;
  const [log, news] = logOf(
    { type: "warnings", warnings },
    { type: "warnings", warnings },
    test,
  );
  assertEquals(news, [true, false, true]);
  assertEquals([log.findings(), log.tests()], [{ warnings }, new Map([["a", test]])]);
  assertEquals(log.inspection("a"), null);
});

Deno.test("TrialLog has an ensemble for each list of trials, and throws where one has another value", () => {
  const two = { type: "ensemble", trial: "a", trials: ["a", "b"], testAccuracy: 0.5 } as const;
  const three = { ...two, trials: ["a", "b", "c"], testAccuracy: 0.75 };
  const [log, news] = logOf(two, three, two);
  assertEquals(news, [true, true, false]);
  for (const { trials, ...rest } of [two, three]) {
    assertEquals(log.ensemble(trials), { trials, ...rest });
    assertEquals(log.endedBy(new Map()).ensemble(trials), { trials, ...rest });
  }
  assertEquals(log.ensemble(["b", "a"]), null);
  assertThrows(() => log.add({ ...two, testAccuracy: 1 }), BrokenPromiseError, "gave another value before");
});

Deno.test("TrialLog takes predictions that an inspection of version 0.1 lacks, in either order, and nothing else that differs", () => {
  const part = { type: "inspection", ...fakeInspection() } as const;
  const predictions = { labels: [0], predicted: [1], probabilities: [0.5] };
  const whole = { ...part, predictions };
  for (
    const [records, news] of [[[part, whole, part], [true, true, false]], [[whole, part], [
      true,
      false,
    ]]] as const
  ) {
    const [log, found] = logOf(...records);
    assertEquals([found, log.inspection(part.trial)], [[...news], whole]);
  }
  const others = [{ ...whole, confusion: [] }, {
    ...whole,
    predictions: { ...predictions, probabilities: [0.25] },
  }];
  for (const other of others) {
    assertThrows(() => logOf(whole, other), BrokenPromiseError, "gave another value before");
  }
  assertThrows(() => logOf(part, others[0]), BrokenPromiseError, "gave another value before");
});
