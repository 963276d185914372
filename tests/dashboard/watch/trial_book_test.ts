import { assertEquals } from "@std/assert";
import { TrialBook } from "../../../lib/dashboard/watch/trial_book.ts";
import type { TrialRecord } from "../../../lib/journal/journal_record.ts";
import { doneEvents, fakeInspection } from "../../report/fakes.ts";
import { numberInspection, numberResults } from "../../report/number_story.ts";
import { curvesOfEvents } from "../../../lib/report/story/curve.ts";
import { summarizeEvents } from "../../report/summarize_events.ts";
import { EVENTS, EXPERIMENT, GRID, startLine, storyOf } from "../fakes.ts";

const SUBJECT = {
  ...startLine(),
  settings: new Map(GRID.trials.map(({ id, model, solver }) => [id, { model, solver }])),
};

function bookOf(records: readonly TrialRecord[]): TrialBook {
  const book = new TrialBook();
  for (const record of records) book.add(record);
  return book;
}

const ALL = [...doneEvents("0.1-0", 0.75), ...EVENTS.slice(-2), ...doneEvents("0.3-0", 0.5)];

Deno.test("TrialBook.story() is the story that a report has of the same events, in any order and twice", () => {
  for (const events of [[], EVENTS, ALL]) {
    for (const records of [events, events.toReversed(), [...events, ...events]]) {
      const found = bookOf(records).story(SUBJECT);
      const told = storyOf(events);
      assertEquals(found.summary, told.summary);
      assertEquals(new Map([...found.curves].sort()), new Map([...told.curves].sort()));
    }
  }
});

Deno.test("TrialBook.story() takes test accuracies and the winner's inspection in, and another's not", () => {
  const test: TrialRecord = { type: "test", trial: "0.1-0", testAccuracy: 0.5 };
  const inspection = { type: "inspection", ...fakeInspection() } as const;
  const { summary, inspection: found } = bookOf([...ALL, test, inspection]).story(SUBJECT);
  const told = summarizeEvents(EXPERIMENT, {
    grid: GRID,
    dataDigest: "d",
    events: ALL,
    testAccuracies: new Map([["0.1-0", 0.5]]),
  });
  assertEquals(summary, told);
  assertEquals(found, inspection);
  assertEquals(bookOf([...ALL, test, { ...inspection, trial: "0.3-0" }]).story(SUBJECT).inspection, null);
});

Deno.test("TrialBook.story() takes the ensemble of the winner's trials in, and another's not", () => {
  const test: TrialRecord = { type: "test", trial: "0.1-0", testAccuracy: 0.5 };
  const ensemble = { type: "ensemble", trial: "0.1-0", trials: ["0.1-0"], testAccuracy: 0.75 } as const;
  const subject = { ...SUBJECT, experiment: { ...SUBJECT.experiment, ensemble: true as const } };
  const of = (record: TrialRecord, about = subject) =>
    bookOf([...ALL, test, record]).story(about).summary.winner;
  assertEquals(of(ensemble)?.ensemble, { testAccuracy: 0.75 });
  assertEquals(of({ ...ensemble, trials: ["0.1-0", "0.1-1"] })?.ensemble, undefined);
  assertEquals(bookOf([...ALL, test, ensemble]).story(SUBJECT).summary.winner?.ensemble, undefined);
});

Deno.test("TrialBook.story() leaves out what the grid no longer has", () => {
  const { summary, curves } = bookOf([...EVENTS, ...doneEvents("0.9-0", 1)]).story(SUBJECT);
  assertEquals(summary, storyOf(EVENTS).summary);
  assertEquals([...curves.keys()], ["0.1-0", "0.2-0"]);
});

Deno.test("TrialBook has the progress of trials", () => {
  const book = bookOf(EVENTS);
  assertEquals(GRID.trials.map(({ id }) => book.epochOf(id)), [1, 0, 0]);
  assertEquals(GRID.trials.map(({ id }) => book.hasEnded(id)), [true, true, false]);
  assertEquals(book.epochs, 1);
});

Deno.test("TrialBook.story() shows which trials a search stopped, which wait and which are done", () => {
  const search = { kind: "halving", epochs: [1, 2], keep: 0.5 } as const;
  const subject = { ...SUBJECT, experiment: { ...SUBJECT.experiment, search } };
  const epochs = (trial: string, ...accuracies: readonly number[]) =>
    accuracies.map((validationAccuracy, epoch): TrialRecord => ({
      type: "epoch",
      trial,
      epoch,
      loss: epoch === 0 ? null : 1,
      trainAccuracy: 0.5,
      validationAccuracy,
      learningRate: 0.1,
      weightsSha256: `${trial}/${epoch}`,
    }));
  const statuses = (records: readonly TrialRecord[]) => {
    const { summary } = bookOf(records).story(subject);
    return summary.trials.map((
      { status, stoppedAfter, bestEpoch },
    ) => [status, stoppedAfter ?? null, bestEpoch]);
  };
  const first = [...epochs("0.1-0", 0.1, 0.7), ...epochs("0.2-0", 0.6, 0.2)];
  assertEquals(statuses(first), [["pending", null, null], ["pending", null, null], ["pending", null, null]]);
  const rung = [...first, ...epochs("0.3-0", 0.1, 0.3)];
  assertEquals(statuses(rung), [["pending", null, null], ["stopped", 1, 0], ["stopped", 1, 1]]);
  const done = [
    ...rung,
    ...doneEvents("0.1-0", 0.75).slice(-1),
    ...epochs("0.1-0", 0.1, 0.7, 0.75).slice(-1),
  ];
  assertEquals(statuses(done).map(([status]) => status), ["done", "stopped", "stopped"]);
});

Deno.test("TrialBook.story() of numbers is that of a report while they run, when they are done and once they are tested", () => {
  const results = numberResults({ 0.1: 7.5, 0.2: 3.25 });
  const { experiment, grid, events } = results;
  const subject = {
    ...startLine(),
    experiment: { ...startLine().experiment, ...experiment },
    trials: grid.trials.map(({ id, point, repeat }) => ({ id, point, repeat, epochs: 1 })),
    settings: new Map(grid.trials.map(({ id, model, solver }) => [id, { model, solver }])),
  };
  for (const count of [0, 1, 2, 4, events.length]) {
    const { summary, curves } = bookOf(events.slice(0, count)).story(subject);
    const wanted = summarizeEvents(experiment, {
      ...{ grid, dataDigest: "d", events: events.slice(0, count), testAccuracies: new Map() },
    });
    assertEquals([summary.points, summary.winner], [wanted.points, wanted.winner]);
    // A running trial has the values of its last epoch.
    const running = [undefined, 40, 1.875, 1.875, 1.875][Math.min(count, 4)];
    assertEquals(summary.trials[0].trainRmse, running);
    assertEquals(curves, curvesOfEvents(events.slice(0, count)));
  }
  const metrics = { testRmse: 6.5, testMae: 4, testR2: -0.25 };
  const inspection = numberInspection(["mpg"], [{ values: [1], predicted: [2] }]);
  const found = bookOf([
    ...events,
    { type: "test", trial: "0.2-0", metrics },
    { type: "inspection", ...inspection, trial: "0.2-0" },
  ]).story(subject);
  assertEquals(found.summary.winner, results.summary.winner);
  assertEquals(found.summary.trials, results.summary.trials);
  assertEquals(found.inspection?.targets, inspection.targets);
});
