import type { Command } from "./command.ts";
import type { Flag } from "./flag.ts";
import { FLAGS } from "./flags.ts";

/** What `start` runs. */
export const QUICK_EXPERIMENT = "experiments/mnist_quickstart.ts";

/** Flags of the commands that load experiment files and read or write their results. */
const LOADING: readonly Flag[] = [FLAGS.results, FLAGS.set, FLAGS.jsonLines, FLAGS.trustExperiment];

const RUNNING: readonly Flag[] = [
  FLAGS.workers,
  FLAGS.only,
  FLAGS.shard,
  FLAGS.dryRun,
  FLAGS.fresh,
  FLAGS.salvage,
  FLAGS.maxTrials,
  FLAGS.maxRunMinutes,
  FLAGS.maxFailures,
  FLAGS.checkpointEvery,
  FLAGS.retries,
  FLAGS.trialTimeout,
  FLAGS.data,
  FLAGS.kernels,
  FLAGS.open,
  ...LOADING,
];

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  {
    name: "start",
    about: `run ${QUICK_EXPERIMENT}, from nothing to a report`,
    operands: "",
    flags: RUNNING,
  },
  {
    name: "run",
    about: "run the trials of experiments that have no result yet, and write the reports",
    operands: "FILE…",
    flags: [...RUNNING, FLAGS.engine, FLAGS.redis],
  },
  {
    name: "worker",
    about: "take trials from a queue and run them, until it is stopped",
    operands: "",
    flags: [FLAGS.workers, FLAGS.redis],
  },
  {
    name: "list",
    about:
      "list the experiments: whether their results are committed, how many trials have one, the best point",
    operands: "",
    flags: [FLAGS.experiments, FLAGS.results, FLAGS.jsonLines, FLAGS.trustExperiment],
  },
  {
    name: "report",
    about: "write the reports again from the journals, running nothing",
    operands: "FILE…",
    flags: [FLAGS.paper, ...LOADING],
  },
  {
    name: "dashboard",
    about: "show all experiments in the browser, also while they run; to this machine alone",
    operands: "",
    flags: [FLAGS.port, FLAGS.results],
  },
  {
    name: "verify",
    about:
      "run trials again with 1, 2 and 3 workers and compare every byte with their results; writes nothing",
    operands: "FILE…",
    flags: [FLAGS.sample, FLAGS.seed, FLAGS.data, FLAGS.kernels, ...LOADING],
  },
  {
    name: "check",
    about: "run experiments again and compare with the committed results; writes nothing there",
    operands: "[FILE…]",
    flags: [
      FLAGS.policy,
      FLAGS.tolerance,
      FLAGS.suspicious,
      FLAGS.allowBits,
      FLAGS.changed,
      FLAGS.checkSample,
      { ...FLAGS.seed, about: "picks the sample (default: another each time)" },
      FLAGS.maxMinutes,
      FLAGS.trustCache,
      FLAGS.junit,
      FLAGS.jsonFile,
      FLAGS.comment,
      FLAGS.metrics,
      FLAGS.benchmark,
      FLAGS.checkShard,
      FLAGS.keep,
      FLAGS.current,
      FLAGS.workers,
      FLAGS.data,
      FLAGS.kernels,
      FLAGS.experiments,
      { ...FLAGS.results, about: "folder of baselines (default: results)" },
      FLAGS.injectFault,
      FLAGS.trustExperiment,
    ],
  },
  {
    name: "baseline",
    about: "run experiments again and accept the results as the committed ones",
    operands: "FILE…",
    flags: [
      FLAGS.reason,
      FLAGS.from,
      FLAGS.verify,
      { ...FLAGS.seed, about: "picks the trials of --verify (default: another each time)" },
      FLAGS.onlyAccepted,
      FLAGS.allowDirty,
      FLAGS.allowDiverged,
      FLAGS.workers,
      FLAGS.data,
      FLAGS.kernels,
      FLAGS.results,
      FLAGS.trustExperiment,
    ],
  },
  {
    name: "merge",
    about: "join the results of shards into what one run would have written",
    operands: "DIR…",
    flags: [
      FLAGS.mergedResults,
      FLAGS.junit,
      FLAGS.jsonFile,
      FLAGS.data,
      FLAGS.kernels,
      FLAGS.trustExperiment,
    ],
  },
  {
    name: "diff",
    about: "compare two folders of results, or a folder with a revision of git",
    operands: "A B",
    flags: [FLAGS.locate, FLAGS.shownTrials],
  },
  {
    name: "trend",
    about: "show how the committed results of an experiment moved over the history of git",
    operands: "FILE",
    flags: [
      FLAGS.followedTrial,
      FLAGS.csv,
      FLAGS.svg,
      FLAGS.page,
      FLAGS.results,
      FLAGS.jsonCommits,
    ],
  },
  {
    name: "bisect",
    about: "find the commit that changed an experiment's results, and the step and tensor where they part",
    operands: "FILE",
    flags: [FLAGS.good, FLAGS.bad, FLAGS.changeKind, FLAGS.jsonAnswer],
  },
  {
    name: "trace",
    about: "replay an epoch of a trial and write a digest of every tensor after each step",
    operands: "FILE",
    flags: [FLAGS.tracedTrial, FLAGS.epoch, FLAGS.data, FLAGS.traceFault, FLAGS.trustExperiment],
  },
  {
    name: "why",
    about: "say why trials will run again, or what became of one: which field, the data or the arithmetic",
    operands: "FILE… | TRIAL [FILE…]",
    flags: [FLAGS.experiments, FLAGS.results, FLAGS.trustExperiment],
  },
  {
    name: "export",
    about: "write the winner's model, or a trial's, to a file for other tools",
    operands: "FILE",
    flags: [
      FLAGS.exportedTrial,
      FLAGS.ensemble,
      FLAGS.format,
      FLAGS.out,
      FLAGS.data,
      FLAGS.results,
      FLAGS.set,
      FLAGS.trustExperiment,
    ],
  },
  {
    name: "predict",
    about: "run an exported model on tables or PNG pictures",
    operands: "MODEL FILE…",
    flags: [FLAGS.jsonRows],
  },
  {
    name: "data",
    about: "show what a table holds: its columns, its classes in each split, and what is suspicious",
    operands: "FILE…",
    flags: [
      FLAGS.label,
      FLAGS.target,
      FLAGS.markers,
      FLAGS.noHeader,
      FLAGS.decimalComma,
      FLAGS.html,
      FLAGS.data,
      FLAGS.trustExperiment,
    ],
  },
  {
    name: "init",
    about: "write a project of your own, with a first experiment; overwrites nothing",
    operands: "[DIR]",
    flags: [FLAGS.ci],
  },
];
