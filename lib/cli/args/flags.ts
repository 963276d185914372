import { KERNEL_KINDS } from "../../core/facts/kernel_kind.ts";
import { REDIS_VARIABLE } from "../../runner/queue/redis_place.ts";
import type { Flag } from "./command.ts";

/** How many threads run trials. */
export const WORKERS_FLAG: Flag = {
  name: "workers",
  value: "N",
  about: "threads that run trials (default: one a core)",
};

/** Where the official files of a data set are. */
export const DATA_FLAG: Flag = {
  name: "data",
  value: "DIR",
  about: "folder of the data set's official files, for use without a network",
};

/** What computes. */
export const KERNELS_FLAG: Flag = {
  name: "kernels",
  value: KERNEL_KINDS.join("|"),
  about: "what computes; the results are the same bits with each (default: the best that there is)",
};

/** Where experiment files are, for the commands that look for them. */
export const EXPERIMENTS_FLAG: Flag = {
  name: "experiments",
  value: "DIR",
  about: "folder of experiment files (default: experiments)",
};

/** Where results are. */
export const RESULTS_FLAG: Flag = {
  name: "results",
  value: "DIR",
  about: "folder of results (default: results)",
};

/** Lifts the wall around experiment files; of every command that runs some. */
export const TRUST_FLAG: Flag = {
  name: "trust-experiment",
  about: "let experiment files do everything, and see clock and chance; for one run",
};

/** Flags of every command that takes experiment files and reads or writes results. */
export const EXPERIMENT_FLAGS: readonly Flag[] = [
  RESULTS_FLAG,
  {
    name: "set",
    value: "FIELD=VALUE",
    repeatable: true,
    about: "set a field of model, solver or data, or seed or repeats; needs --results",
  },
  { name: "json", about: "write a line of JSON an experiment instead of tables" },
  TRUST_FLAG,
];

/** Flags that say where a check's findings go, besides the terminal. */
export const REPORT_FLAGS: readonly Flag[] = [
  { name: "allow-bits", about: "pass where accuracies are kept and other bits are not, with a notice" },
  { name: "junit", value: "FILE", about: "write the findings as JUnit XML" },
  { name: "json", value: "FILE", about: "write the findings as JSON" },
  { name: "benchmark", value: "FILE", about: "write accuracies as benchmark-action's customBiggerIsBetter" },
];

/** The engines that run trials. */
export const ENGINES = ["workers", "bullmq"] as const;

/** The Redis of a queue. */
export const REDIS_FLAG: Flag = {
  name: "redis",
  value: "URL",
  about: `the Redis of the queue (default: $${REDIS_VARIABLE}, where its password is out of sight)`,
};

/** What runs the trials. */
export const ENGINE_FLAG: Flag = {
  name: "engine",
  value: ENGINES.join("|"),
  about: "run trials on threads here, or on workers anywhere that take them from a queue (default: workers)",
};

/** Flags of every command. */
export const COMMON_FLAGS: readonly Flag[] = [
  {
    name: "allow-read",
    value: "PATH",
    repeatable: true,
    about: "let the command read a file or folder that it may not read otherwise",
  },
  {
    name: "allow-write",
    value: "PATH",
    repeatable: true,
    about: "let the command write a file or folder that it may not write otherwise",
  },
  {
    name: "allow-net",
    value: "HOST",
    repeatable: true,
    about: "let the command connect to a host that it may not reach otherwise",
  },
  { name: "print-permissions", about: "show what the command may do, and do nothing" },
  { name: "verbose", about: "show the stack trace of an error" },
];
