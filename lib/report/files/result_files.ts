/** A file or folder of an experiment's results. */
export interface ResultFile {
  readonly name: string;
  /** Its content, for guides. */
  readonly about: string;
}

/** The committed files, by kind; pictures are committed too (see `figure_files.ts`). */
export const COMMITTED = {
  page: {
    name: "report.html",
    about:
      "one page that needs no network: winner, charts, all trials, the winner's mistakes, how to repeat it",
  },
  markdown: { name: "report.md", about: "the same for pull requests" },
  trials: {
    name: "trials.csv",
    about: "one row per trial: its point, best epoch, accuracies, loss, a digest of its weights, its reason",
  },
  history: {
    name: "history.csv",
    about: "one row per epoch: loss, accuracies, learning rate, a digest of the weights",
  },
  predictions: {
    name: "test_predictions.csv",
    about: "one row per row of the test split: what the winner's best repeat predicts",
  },
  ensemble: {
    name: "ensemble_predictions.csv",
    about: "the same of all nets of the winner together; only with `ensemble`",
  },
  summary: { name: "summary.json", about: "declaration, winner, points and trials, for programs" },
  changes: {
    name: "CHANGES.md",
    about: "why the results changed, one entry for each [`baseline`](#check-and-baseline)",
  },
} as const satisfies Readonly<Record<string, ResultFile>>;

/** The files and folders that git ignores, by kind. */
export const LOCAL = {
  journal: { name: "journal.jsonl", about: "every event of every trial; a run resumes from it" },
  oldJournals: {
    name: "journal.*.jsonl",
    about: "older journals, which `--fresh` or `--salvage` has set aside",
  },
  lock: { name: "journal.lock", about: "which process is running the experiment" },
  activity: { name: "activity.jsonl", about: "which worker runs which trial, for the dashboard" },
  specs: {
    name: "specs.jsonl",
    about: "what decided each trial, for [`why`](#why-a-trial-will-run-again)",
  },
  timings: { name: "timings.csv", about: "how long each trial took" },
  environment: {
    name: "environment.json",
    about: "versions and system of the last run; whether its experiment file was trusted",
  },
  weights: { name: "weights", about: "the winner's weights" },
  checkpoints: { name: "checkpoints", about: "where a trial that is running can resume" },
  queue: {
    name: "queue.json",
    about: "the name of the run in Redis; see [Several machines](../lib/engine/queue/README.md)",
  },
  shard: {
    name: "shard.json",
    about: "in the folder of a shard: which part of the trials it is; see [Shards](#shards)",
  },
} as const satisfies Readonly<Record<string, ResultFile>>;
