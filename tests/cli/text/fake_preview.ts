import type { Preview } from "../../../lib/runner/results/preview_run.ts";
import { fakeExperiment, fakeGrid } from "../../report/fakes.ts";

const experiment = fakeExperiment({ grid: { rate: [0.1, 0.25, 0.5] } });
const [first, second, third] = fakeGrid(experiment).trials;

/** The experiment of {@link PREVIEW}. */
export const LOADED = { experiment };

/** A dry run of three trials of different fates, with a point that is skipped and one that is a duplicate. */
export const PREVIEW: Preview = {
  trials: [
    { trial: first, fate: "runs" },
    { trial: second, fate: "has a result" },
    { trial: third, fate: "left out" },
  ],
  brackets: [],
  duplicates: [{ point: { rate: 0.75 }, sameAs: { rate: 0.1 } }],
  skipped: [{ point: { rate: 2 }, reason: "too fast" }],
  groups: [{
    fate: "new",
    trials: ["0.1-0"],
    replaced: [],
    changes: [],
    news: [{ axis: "rate", value: 0.1 }],
    reason: null,
  }],
  workers: 2,
  expectedMs: 65_000,
  timed: 4,
  memory: { dataBytes: 1.5e6, eachBytes: 30.2e6, running: 1 },
  availableBytes: 900e6,
};
