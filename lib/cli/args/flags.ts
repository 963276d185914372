import { CI_SERVERS, type CiServer } from "../../core/facts/ci_server.ts";
import { KERNEL_KINDS } from "../../core/facts/kernel_kind.ts";
import { MODEL_FORMATS } from "../../core/facts/model_format.ts";
import { parseShard } from "../../runner/plan/parse_shard.ts";
import { REDIS_VARIABLE } from "../../runner/queue/redis_address.ts";
import { COMPARING_FLAGS } from "./comparing_flags.ts";
import { choice, count, pairs, positive, texts, toggle, value, withDefault } from "./flag.ts";

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
    about: "set a field of model, solver or data, or seed, repeats, select or ensemble; needs --results",
    more:
      "`solver.epochs=1` and `data.train=1000` are such fields; the experiment's own results stay as they are",
  }),
  shard: value("shard", {
    value: "I/N",
    parse: parseShard,
    about: "run this part of the trials, to be merged; needs --results",
    more: "See [Shards](../results/README.md#shards)",
  }),
  dryRun: toggle("dry-run", { about: "show the plan, each trial and why it runs, and run none" }),
  fresh: toggle("fresh", {
    about: "set the old journal aside and run every trial again",
    more: "The old journal is renamed, not deleted",
  }),
  salvage: toggle("salvage", {
    about: "keep what is whole in a damaged journal, and run the rest again",
    more: "The run says what is lost; the damaged file stays beside the new one",
  }),
  maxTrials: count("max-trials", {
    value: "N",
    about: "run N of the pending trials, and leave the others for a later run; exits with 6",
  }),
  maxRunMinutes: positive("max-minutes", {
    value: "M",
    about: "begin no further trial after M minutes; exits with 6 if one is left",
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
  html: value("html", {
    value: "FILE",
    about: "also write the page as one HTML file, which needs no network",
    grants: "writeFile",
  }),
  label: value("label", {
    value: "COLUMN",
    about: "the column with the class, of a file that no experiment declares",
  }),
  target: value("target", {
    value: "COLUMN",
    about: "the column with the number to predict, of such a file; not given with --label",
  }),
  noHeader: toggle("no-header", {
    about: "the first line of such a file is a row, not the names of the columns",
  }),
  decimalComma: toggle("decimal-comma", {
    about: "numbers of such a file have a comma before their fraction",
  }),
  markers: texts("missing", {
    value: "TEXT",
    about: "a text that stands for a missing value in such a file, such as NA",
  }),
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
  ensemble: toggle("ensemble", {
    about: "all nets of the winner as one model, which predicts by the mean of their probabilities",
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
export const FLAGS = { ...RUNNING, ...PLACES, ...COMPARING_FLAGS, ...USING, ...COMMON } as const;

/** Flags of every command. */
export const COMMON_FLAGS = Object.values(COMMON);
