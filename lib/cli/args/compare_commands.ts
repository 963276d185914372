import type { Command } from "./command.ts";
import {
  DATA_FLAG,
  EXPERIMENT_FLAGS,
  EXPERIMENTS_FLAG,
  KERNELS_FLAG,
  REPORT_FLAGS,
  RESULTS_FLAG,
  TRUST_FLAG,
  WORKERS_FLAG,
} from "./flags.ts";

/** The commands that hold results against others, or join them. */
export const COMPARE_COMMANDS: readonly Command[] = [
  {
    name: "verify",
    about:
      "run trials again with 1, 2 and 3 workers and compare every byte with their results; writes nothing",
    operands: "FILE…",
    flags: [
      {
        name: "sample",
        value: "N",
        about: "run N trials only and compare their rows (default: all trials and files)",
      },
      {
        name: "seed",
        value: "N",
        about: "picks the sample and the order of trials (default: another each time)",
      },
      DATA_FLAG,
      KERNELS_FLAG,
      ...EXPERIMENT_FLAGS,
    ],
  },
  {
    name: "check",
    about: "run experiments again and compare with the committed results; writes nothing there",
    operands: "[FILE…]",
    flags: [
      { name: "tolerance", value: "FRACTION", about: "how much worse an accuracy may be (default: 0)" },
      { name: "suspicious", value: "FRACTION", about: "how much better it may be (default: 0.05)" },
      ...REPORT_FLAGS,
      { name: "shard", value: "I/N", about: "check this part of the trials; --keep keeps it to be merged" },
      { name: "keep", value: "DIR", about: "keep what ran in this folder" },
      { name: "current", value: "DIR", about: "compare the results in this folder instead of running" },
      WORKERS_FLAG,
      DATA_FLAG,
      KERNELS_FLAG,
      EXPERIMENTS_FLAG,
      { ...RESULTS_FLAG, about: "folder of baselines (default: results)" },
      {
        name: "inject-fault",
        value: "EPOCH",
        about: "flip a bit of a weight before this epoch of the first trial, to see the check fail",
      },
      TRUST_FLAG,
    ],
  },
  {
    name: "baseline",
    about: "run experiments and accept what comes out as their committed results",
    operands: "FILE…",
    flags: [
      { name: "reason", value: "TEXT", about: "why the results change; stands in results/NAME/CHANGES.md" },
      { name: "allow-dirty", about: "accept results of a file that is not committed" },
      { name: "allow-diverged", about: "accept trials that diverge" },
      WORKERS_FLAG,
      DATA_FLAG,
      KERNELS_FLAG,
      RESULTS_FLAG,
      TRUST_FLAG,
    ],
  },
  {
    name: "merge",
    about: "join the results of shards into what one run would have written",
    operands: "DIR…",
    flags: [
      { name: "results", value: "OUT", about: "folder that the joined results go to" },
      ...REPORT_FLAGS.filter(({ name }) => name === "junit" || name === "json"),
      DATA_FLAG,
      KERNELS_FLAG,
      TRUST_FLAG,
    ],
  },
  {
    name: "diff",
    about: "compare two folders of results, or one and a git revision",
    operands: "A B",
    flags: [
      {
        name: "locate",
        about: "replay the first epoch that differs on both sides, and name the step and the tensor",
      },
      { name: "trials", value: "N", about: "trials whose epochs are told (default: 3)" },
    ],
  },
  {
    name: "trace",
    about: "replay an epoch of a trial and write a digest of every tensor after each step",
    operands: "FILE",
    flags: [
      { name: "trial", value: "ID", about: "the trial" },
      { name: "epoch", value: "N", about: "the epoch, from 1" },
      DATA_FLAG,
      { name: "inject-fault", value: "EPOCH", about: "flip a bit of a weight before this epoch" },
      TRUST_FLAG,
    ],
  },
  {
    name: "why",
    about: "say why a trial will run again: which field, the data or the arithmetic",
    operands: "TRIAL [FILE…]",
    flags: [EXPERIMENTS_FLAG, RESULTS_FLAG, TRUST_FLAG],
  },
];
