import { CI_SERVERS, type CiServer } from "../../core/facts/ci_server.ts";
import { GATE_POLICIES } from "../../core/facts/gate_policy.ts";
import { KERNEL_KINDS } from "../../core/facts/kernel_kind.ts";
import { MODEL_FORMATS } from "../../core/facts/model_format.ts";
import { parseShard } from "../../runner/plan/parse_shard.ts";
import { REDIS_VARIABLE } from "../../runner/queue/redis_address.ts";
import {
  choice,
  count,
  fraction,
  fractionOrAuto,
  optionalValue,
  pairs,
  positive,
  texts,
  toggle,
  value,
  withDefault,
} from "./flag.ts";

/** The port on which `dashboard` listens by default. */
const DASHBOARD_PORT = 8737;

/** Flags that decide what runs, and on what. */
const RUNNING = {
  workers: withDefault(
    count("workers", { value: "N", about: "threads that run trials (default: one per core)" }),
    () => navigator.hardwareConcurrency,
  ),
  kernels: choice("kernels", {
    choices: KERNEL_KINDS,
    about: "what computes; the results have the same bits with each (default: the best that there is)",
    more:
      "`native` is machine code (x86-64 with AVX2 or AVX-512), `wasm` WebAssembly, `emulated` WebAssembly without " +
      "fused instructions, `twin` plain TypeScript",
  }),
  data: value("data", {
    value: "DIR",
    about: "folder of the data set's official files, for use without a network",
    grants: "read",
  }),
  only: pairs("only", {
    value: "AXIS=VALUE",
    about: "run these points only; the report keeps the others as pending",
    more: "The test split stays closed meanwhile",
  }),
  set: pairs("set", {
    value: "FIELD=VALUE",
    about: "set a field of model, solver or data, or seed or repeats; needs --results",
    more:
      "`solver.epochs=1` and `data.train=1000` are such fields; the experiment's own results stay as they are",
  }),
  shard: value("shard", {
    value: "I/N",
    parse: parseShard,
    about: "run this part of the trials, to be merged; needs --results",
    more: "See [Shards](../results/README.md#shards)",
  }),
  dryRun: toggle("dry-run", { about: "list the trials and why they run, and run none" }),
  fresh: toggle("fresh", {
    about: "set the old journal aside and run every trial again",
    more: "The old journal is renamed, not deleted",
  }),
  salvage: toggle("salvage", {
    about: "keep what is whole in a damaged journal, and run the rest again",
    more: "The run says what is lost; the damaged file stays beside the new one",
  }),
  maxFailures: count("max-failures", {
    value: "N",
    about: "stop once N trials have failed or diverged (default: never)",
  }),
  checkpointEvery: count("checkpoint-every", {
    value: "N",
    about: "save the state of a trial every N epochs (default: each epoch once it has run for 30 s)",
  }),
  retries: count("retries", {
    value: "N",
    min: 0,
    about: "run a trial again up to N times when its worker dies or hangs (default: 1)",
    more: "After that the trial has failed",
  }),
  trialTimeout: count("trial-timeout", {
    value: "SECONDS",
    about: "stop a trial that runs for longer; it has then failed (default: never)",
  }),
  engine: choice("engine", {
    choices: ["workers", "bullmq"] as const,
    about:
      "run trials on threads here, or on workers anywhere that take them from a queue (default: workers)",
    more: "See [Several machines](../lib/engine/queue/README.md)",
  }),
  redis: value("redis", {
    value: "URL",
    about: `the Redis of the queue (default: $${REDIS_VARIABLE}, which keeps its password out of sight)`,
  }),
  open: toggle("open", { about: "open report.html at the end", grants: "opener" }),
} as const;

/** Flags that name experiments and results. */
const PLACES = {
  experiments: withDefault(
    value("experiments", { value: "DIR", about: "folder of experiment files (default: experiments)" }),
    () => "experiments",
  ),
  results: withDefault(
    value("results", { value: "DIR", about: "folder of results (default: results)" }),
    () => "results",
  ),
  mergedResults: value("results", {
    value: "OUT",
    about: "folder that the joined results go to",
    isRequired: true,
  }),
  trustExperiment: toggle("trust-experiment", {
    about: "let experiment files do everything, and read clock and chance; for one run",
  }),
  jsonLines: toggle("json", { about: "write a line of JSON per experiment instead of tables" }),
  paper: value("paper", {
    value: "DIR",
    about: "also write methods and tables for a paper to DIR/NAME: Markdown, LaTeX and CSV",
    grants: "write",
  }),
  jsonCommits: toggle("json", { about: "write a line of JSON per commit instead of the table" }),
  jsonRows: toggle("json", { about: "write a line of JSON per row instead of CSV" }),
} as const;

/** Flags of the commands that compare results. */
const COMPARING = {
  sample: count("sample", {
    value: "N",
    about: "run N trials only and compare their rows (default: all trials and files)",
  }),
  seed: count("seed", {
    value: "N",
    min: 0,
    about: "picks the sample and the order of trials (default: another each time)",
  }),
  checkSample: count("sample", { value: "N", about: "check N trials of each experiment (default: all)" }),
  changed: optionalValue("changed", {
    value: "BASE",
    about: "check only experiments whose file, imports, data, results or code changed since the merge base",
    more: "BASE is a commit; by default the branch that a pull request goes to, or the main branch",
    grants: "changes",
  }),
  maxMinutes: positive("max-minutes", {
    value: "M",
    about: "begin no further trial after M minutes; what was not checked is said",
  }),
  trustCache: value("trust-cache", {
    value: "DIR",
    about:
      "train no trial again that the same code trained before, on this kind of machine; keep others in DIR",
    grants: "write",
  }),
  policy: choice("policy", {
    choices: GATE_POLICIES,
    about: "what fails: any changed bit, only a lost accuracy, or nothing (default: strict)",
    more: "See [Policies](#policies)",
  }),
  tolerance: fractionOrAuto("tolerance", {
    about: "how much worse a point's mean accuracy may be; auto: as much as chance explains (default: 0)",
    more: "The default policy is then `accuracy`",
  }),
  suspicious: fraction("suspicious", { about: "how much better it may be (default: 0.05)" }),
  allowBits: toggle("allow-bits", {
    about: "let strict pass changed bits that lose no accuracy beyond the tolerance, with a notice",
  }),
  junit: value("junit", { value: "FILE", about: "write the findings as JUnit XML", grants: "writeFile" }),
  jsonFile: value("json", { value: "FILE", about: "write the findings as JSON", grants: "writeFile" }),
  comment: value("comment", {
    value: "FILE",
    about: "write the findings as Markdown for a comment on a pull request",
    grants: "writeFile",
  }),
  metrics: value("metrics", {
    value: "FILE",
    about: "write the winners' accuracies as OpenMetrics text, as GitLab reads it",
    grants: "writeFile",
  }),
  benchmark: value("benchmark", {
    value: "FILE",
    about: "write accuracies as benchmark-action's customBiggerIsBetter",
    grants: "writeFile",
  }),
  checkShard: value("shard", {
    value: "I/N",
    parse: parseShard,
    about: "check this part of the trials; --keep keeps it to be merged",
  }),
  keep: value("keep", { value: "DIR", about: "keep what ran in this folder", grants: "write" }),
  current: value("current", {
    value: "DIR",
    about: "compare the results in this folder instead of running",
    grants: "read",
  }),
  injectFault: count("inject-fault", {
    value: "EPOCH",
    about: "flip a bit of a weight before this epoch of the first trial, to see the check fail",
  }),
  reason: value("reason", {
    value: "TEXT",
    about: "why the results change; it goes into results/NAME/CHANGES.md",
    isRequired: true,
  }),
  allowDirty: toggle("allow-dirty", { about: "accept results of a file that is not committed" }),
  allowDiverged: toggle("allow-diverged", { about: "accept trials that diverge" }),
  locate: toggle("locate", {
    about: "replay the first epoch that differs on both sides, and name the step and the tensor",
    grants: "locate",
  }),
  shownTrials: count("trials", { value: "N", about: "trials whose epochs are shown (default: 3)" }),
  tracedTrial: value("trial", { value: "ID", about: "the trial", isRequired: true }),
  epoch: count("epoch", { value: "N", about: "the epoch, from 1", isRequired: true }),
  traceFault: count("inject-fault", {
    value: "EPOCH",
    about: "flip a bit of a weight before this epoch",
  }),
} as const;

/** Flags of the commands that use what has run. */
const USING = {
  port: withDefault(
    count("port", {
      value: "N",
      min: 0,
      about: `where to listen, 0 for any free port (default: ${DASHBOARD_PORT})`,
    }),
    () => DASHBOARD_PORT,
  ),
  csv: value("csv", {
    value: "FILE",
    about: "also write the trend as CSV, a row per commit",
    grants: "writeFile",
  }),
  svg: value("svg", { value: "FILE", about: "also write its chart as SVG", grants: "writeFile" }),
  page: value("page", {
    value: "FILE",
    about: "also write one HTML file with chart, table and reasons, which needs no network",
    grants: "writeFile",
  }),
  followedTrial: texts("trial", {
    value: "ID",
    about: "show the accuracy of a trial too; how its id begins is enough",
    more: "A trial keeps its place, its point and repeat, over commits in which its id changes",
  }),
  exportedTrial: value("trial", {
    value: "ID",
    about: "the trial, or how its id begins (default: the winner's best repeat)",
  }),
  format: choice("format", {
    choices: MODEL_FORMATS,
    about: "safetensors, which predict reads, or ONNX",
    isRequired: true,
  }),
  ci: withDefault<CiServer>(
    choice("ci", {
      choices: CI_SERVERS,
      about:
        "what checks pull requests: workflows for GitHub, a pipeline for GitLab, or nothing (default: github)",
    }),
    () => "github",
  ),
  out: value("out", { value: "FILE", about: "the file to write", grants: "writeFile", isRequired: true }),
} as const;

/** Flags of every command; the launcher takes all but the last. */
const COMMON = {
  allowRead: texts("allow-read", {
    value: "PATH",
    about: "allow the command to read a file or folder that it may not read otherwise",
    grants: "read",
  }),
  allowWrite: texts("allow-write", {
    value: "PATH",
    about: "allow the command to write a file or folder that it may not write otherwise",
    grants: "write",
  }),
  allowNet: texts("allow-net", {
    value: "HOST",
    about: "allow the command to connect to a host that it may not reach otherwise",
    grants: "net",
  }),
  printPermissions: toggle("print-permissions", { about: "show what the command may do, and run nothing" }),
  verbose: toggle("verbose", { about: "show the stack trace of an error" }),
} as const;

/** Every flag: what it is called, how its value is read, what help and guides say of it, and what it grants. */
export const FLAGS = { ...RUNNING, ...PLACES, ...COMPARING, ...USING, ...COMMON } as const;

/** Flags of every command. */
export const COMMON_FLAGS = Object.values(COMMON);
