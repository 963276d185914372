import type { TrialEvent } from "../../lib/experiment/trial/trial_event.ts";
import { curvesOfEvents } from "../../lib/report/story/curve.ts";
import type { Story } from "../../lib/report/story/story.ts";
import type { ActivityStart } from "../../lib/runner/run/activity.ts";
import { doneEvents, fakeExperiment, fakeGrid } from "../report/fakes.ts";
import { summarizeEvents } from "../report/summarize_events.ts";

/** Three trials of one epoch each, `0.1-0`, `0.2-0` and `0.3-0`. */
export const EXPERIMENT = fakeExperiment();

export const GRID = fakeGrid(EXPERIMENT);

/** The first trial is done, the second diverged, the third has not begun. */
export const EVENTS: readonly TrialEvent[] = [
  ...doneEvents("0.1-0", 0.75),
  ...doneEvents("0.2-0", 0.5).slice(0, 1),
  { type: "diverged", trial: "0.2-0", epoch: 1, reason: "loss is NaN at step 1 of epoch 1" },
];

/** Returns the story of events as a report has it. */
export function storyOf(events: readonly TrialEvent[]): Story {
  const findings = { grid: GRID, dataDigest: "d", events, testAccuracies: new Map() };
  return { summary: summarizeEvents(EXPERIMENT, findings), curves: curvesOfEvents(events), inspection: null };
}

/** Returns the first line of a run that takes up all three trials. */
export function startLine(fields: Partial<ActivityStart> = {}): ActivityStart {
  const { name, question, seed, repeats, data, grid } = EXPERIMENT;
  return {
    type: "run",
    at: 1000,
    experiment: { name, question, seed, repeats, data, grid },
    dataDigest: "d",
    workers: 2,
    trials: GRID.trials.map(({ id, point, repeat }) => ({ id, point, repeat, epochs: 10 })),
    toRun: GRID.trials.map(({ id }) => id),
    ...fields,
  };
}
