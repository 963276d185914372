import { doneEvents, fakeExperiment, fakeGrid } from "./fakes.ts";
import { summarizeEvents } from "./summarize_events.ts";

/** What happened to three trials, of which one diverged, in an order of their own. */
export const EVENTS = [
  ...doneEvents("0.3-0", 0.25),
  ...doneEvents("0.1-0", 0.5),
  { type: "diverged", trial: "0.2-0", epoch: 1, reason: "loss is NaN, at once" },
] as const;

/** Returns the summary of {@linkcode EVENTS}, with a question that is markup and a point left out as the same as another. */
export function threeTrials() {
  const experiment = fakeExperiment({ question: "Is a|b <i>better</i>?" });
  const grid = fakeGrid(experiment);
  const duplicates = [{ point: { rate: 0.4 }, sameAs: { rate: 0.1 } }];
  return summarizeEvents(experiment, {
    grid: { ...grid, duplicates },
    dataDigest: "d",
    events: EVENTS,
    testAccuracies: new Map([["0.1-0", 0.75]]),
  });
}
