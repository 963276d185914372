/**
 * A folder or file that a command works in: where results are, the cache for data sets, the folder for temporary files,
 * what the operands name, the folder of a new project, and the summary of a job of GitHub Actions.
 */
export type Place = "results" | "cache" | "temporary" | "operands" | "target" | "stepSummary";

/** What a command connects to: npm's registry, the Redis of a queue, or its own port on this machine. */
export type Host = "registry" | "redis" | "ownPort";

/** What a command needs, independent of its flags. */
export interface CommandRow {
  /**
   * Which experiments it loads, whose project it reads and whose imports it needs: those that the operands name, modules
   * among the operands if there are any, those of a folder, of operands or else of a folder, or others of the project.
   */
  readonly experiments?: "operands" | "modules" | "folder" | "operandsOrFolder" | "project";
  /** What it reads besides the project, Seedbed and what it writes. */
  readonly read?: readonly Place[];
  readonly write?: readonly Place[];
  readonly net?: readonly Host[];
  /** Programs that it starts, where they are installed. */
  readonly run?: readonly string[];
  /** Whether it starts commands of other revisions' Seedbed, as `diff --locate` does. */
  readonly replays?: boolean;
  /** Facts of the machine. */
  readonly sys?: readonly ("hostname" | "systemMemoryInfo")[];
  /** Variables of the environment. */
  readonly env?: readonly string[];
  /** Whether it computes: it may put machine code into memory, or gets V8's flags for WebAssembly where it has none. */
  readonly computes?: boolean;
  /** Whether it stays for hours, and gets V8's flag for less memory. */
  readonly stays?: boolean;
}

const CACHE = ["SEEDBED_CACHE", "XDG_CACHE_HOME", "HOME", "LOCALAPPDATA"];
const REGISTRY = ["NPM_CONFIG_REGISTRY", "npm_config_registry"];
const DATA = [...CACHE, ...REGISTRY];
const REDIS = ["SEEDBED_REDIS_URL"];
const GITHUB = ["GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"];

/** What each command may do; `args/flags.ts` has what flags add. What may be written may be read. */
export const COMMAND_ROWS: Readonly<Record<string, CommandRow>> = {
  start: {
    experiments: "project",
    write: ["results", "cache"],
    net: ["registry"],
    run: ["git"],
    sys: ["hostname", "systemMemoryInfo"],
    env: DATA,
    computes: true,
  },
  run: {
    experiments: "operands",
    write: ["results", "cache"],
    net: ["registry", "redis"],
    run: ["git"],
    sys: ["hostname", "systemMemoryInfo"],
    env: [...DATA, ...REDIS],
    computes: true,
  },
  worker: {
    write: ["cache"],
    net: ["registry", "redis"],
    sys: ["hostname", "systemMemoryInfo"],
    env: [...DATA, ...REDIS],
    computes: true,
  },
  list: { experiments: "folder", read: ["results"], run: ["git"] },
  report: { experiments: "operands", write: ["results"], sys: ["hostname"] },
  dashboard: { read: ["results"], net: ["ownPort"], run: ["git"], stays: true },
  verify: {
    experiments: "operands",
    read: ["results"],
    write: ["cache"],
    net: ["registry"],
    sys: ["systemMemoryInfo"],
    env: DATA,
    computes: true,
  },
  check: {
    experiments: "operandsOrFolder",
    read: ["results"],
    write: ["cache", "temporary", "stepSummary"],
    net: ["registry"],
    sys: ["hostname", "systemMemoryInfo"],
    env: [...DATA, ...GITHUB],
    computes: true,
  },
  baseline: {
    experiments: "operands",
    write: ["results", "cache", "temporary"],
    net: ["registry"],
    run: ["git"],
    sys: ["hostname", "systemMemoryInfo"],
    env: [...DATA, "CI"],
    computes: true,
  },
  merge: {
    experiments: "project",
    read: ["operands"],
    write: ["results", "cache", "stepSummary"],
    net: ["registry"],
    sys: ["hostname", "systemMemoryInfo"],
    env: [...DATA, ...GITHUB],
    computes: true,
  },
  diff: { read: ["operands"], run: ["git"], env: CACHE },
  trend: { read: ["results"], run: ["git"] },
  bisect: {
    experiments: "operands",
    write: ["temporary"],
    run: ["git"],
    env: [...CACHE, "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"],
    replays: true,
  },
  trace: { experiments: "operands", write: ["cache"], net: ["registry"], env: DATA, computes: true },
  why: { experiments: "operandsOrFolder", read: ["results"] },
  export: {
    experiments: "operands",
    read: ["results"],
    write: ["cache"],
    net: ["registry"],
    env: DATA,
    computes: true,
  },
  predict: { read: ["operands"] },
  data: { experiments: "modules", read: ["operands"], write: ["cache"], net: ["registry"], env: DATA },
  init: { write: ["target"] },
};
