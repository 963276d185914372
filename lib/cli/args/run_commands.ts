import type { Command, Flag } from "./command.ts";
import {
  DATA_FLAG,
  ENGINE_FLAG,
  EXPERIMENT_FLAGS,
  EXPERIMENTS_FLAG,
  KERNELS_FLAG,
  REDIS_FLAG,
  RESULTS_FLAG,
  TRUST_FLAG,
  WORKERS_FLAG,
} from "./flags.ts";

/** What `start` runs. */
export const QUICK_EXPERIMENT = "experiments/mnist_quickstart.ts";

const RUN_FLAGS: readonly Flag[] = [
  WORKERS_FLAG,
  {
    name: "only",
    value: "AXIS=VALUE",
    repeatable: true,
    about: "run these points only; the report keeps the others as pending",
  },
  { name: "shard", value: "I/N", about: "run this part of the trials, to be merged; needs --results" },
  { name: "dry-run", about: "list the trials and run none" },
  { name: "fresh", about: "set the old journal aside and run every trial again" },
  { name: "salvage", about: "keep what is whole in a damaged journal, and run the rest again" },
  { name: "max-failures", value: "N", about: "stop once N trials have failed or diverged" },
  {
    name: "checkpoint-every",
    value: "N",
    about: "save where a trial stands every N epochs (default: every epoch once it has run for 30 s)",
  },
  { name: "retries", value: "N", about: "run a trial again N times when its worker is lost (default: 1)" },
  { name: "trial-timeout", value: "SECONDS", about: "give a trial up that runs for longer (default: never)" },
  DATA_FLAG,
  KERNELS_FLAG,
  { name: "open", about: "open report.html at the end" },
  ...EXPERIMENT_FLAGS,
];

/** The commands that run experiments or show what has run. */
export const RUN_COMMANDS: readonly Command[] = [
  {
    name: "start",
    about: `run ${QUICK_EXPERIMENT}, from nothing to a report`,
    operands: "",
    flags: RUN_FLAGS,
  },
  {
    name: "run",
    about: "run the trials of experiments that have no result yet, and write the reports",
    operands: "FILE…",
    flags: [...RUN_FLAGS, ENGINE_FLAG, REDIS_FLAG],
  },
  {
    name: "worker",
    about: "take trials from a queue and run them, until it is stopped",
    operands: "",
    flags: [WORKERS_FLAG, REDIS_FLAG],
  },
  {
    name: "list",
    about: "list the experiments with their trials, how many have a result, and the best point",
    operands: "",
    flags: [
      EXPERIMENTS_FLAG,
      RESULTS_FLAG,
      { name: "json", about: "write a line of JSON an experiment instead of a table" },
      TRUST_FLAG,
    ],
  },
  {
    name: "report",
    about: "write the reports anew from the journals, running nothing",
    operands: "FILE…",
    flags: EXPERIMENT_FLAGS,
  },
];
