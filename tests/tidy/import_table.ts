/** What a folder of lib may import from the others. */
export interface MayImport {
  readonly values: readonly string[];
  /** Folders of which it may import types alone. Default: none. */
  readonly types?: readonly string[];
}

/** Every folder of lib, lowest first. */
export const FOLDERS: Readonly<Record<string, MayImport>> = {
  core: { values: [] },
  files: { values: ["core"] },
  statistics: { values: ["core"] },
  kernels: { values: ["core"] },
  data: { values: ["core", "files"] },
  nn: { values: ["core", "kernels"], types: ["data"] },
  experiment: { values: ["core", "kernels", "data", "nn"] },
  engine: { values: ["core", "files", "data", "experiment"] },
  journal: { values: ["core", "files"], types: ["experiment"] },
  report: { values: ["core", "statistics"], types: ["data", "experiment"] },
  export: { values: ["core", "data", "nn"], types: ["kernels", "experiment"] },
  runner: { values: ["core", "files", "data", "experiment", "engine", "journal", "report", "export"] },
  dashboard: {
    values: ["core", "files", "statistics", "journal", "report", "runner"],
    types: ["experiment"],
  },
  cli: {
    values: ["core", "files", "statistics", "experiment", "report", "runner", "dashboard"],
    types: ["data"],
  },
};

/** Files that stand beside the folders of a folder. */
export const BESIDE = ".";

/**
 * The folders inside a folder, lowest first. A folder imports those before it; folders of one list do not know each
 * other. {@link BESIDE} is the place of the files that are in no inner folder.
 */
export const INNER_FOLDERS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "lib/core": [["text", "facts"], ["check"], ["numbers"]],
  "lib/data": [
    ["base"],
    ["decode", "text", "splits"],
    ["preparation"],
    ["folds", "profile", "reading"],
    ["official", "csv"],
    ["table"],
    [BESIDE],
  ],
  "lib/data/table": [["declaration"], [BESIDE]],
  "lib/data/reading": [["base"], ["delimited", "values", "store"], [BESIDE]],
  "lib/kernels": [["contract"], ["twin"], ["wasm"], ["native"], [BESIDE]],
  "lib/kernels/wasm": [["emit"], ["product", "elementwise"], ["normalization"], [BESIDE]],
  "lib/kernels/native": [["emit"], ["memory"], ["product"], ["elementwise"], [BESIDE]],
  "lib/statistics": [["anova"], [BESIDE]],
  "lib/export": [["onnx"], [BESIDE], ["ensemble"]],
  "lib/nn": [["layers"], ["net"], ["training"]],
  "lib/experiment": [["trial"], ["declaration", "evaluation"], ["points"]],
  "lib/engine": [[BESIDE], ["threads"], ["queue"]],
  "lib/engine/queue": [["redis"], ["channel"], ["submit", "worker"], [BESIDE]],
  "lib/report": [
    ["summary"],
    ["evidence"],
    ["files"],
    ["story"],
    ["compare", "charts"],
    ["gate"],
    ["page", "markdown"],
    ["paper", "trend"],
    [BESIDE],
  ],
  "lib/nn/training": [["metrics", "schedule", "loss", "augmentation"], [BESIDE]],
  "lib/report/charts": [["drawing"], ["targets"], [BESIDE]],
  "lib/runner": [
    ["files"],
    ["declare"],
    ["plan"],
    ["search"],
    ["results"],
    ["run"],
    ["check", "shards", "model", "queue"],
    ["baseline", "history", "bisect"],
  ],
  "lib/dashboard": [["http", "watch"], ["drawing"], ["views"], [BESIDE]],
  "lib/cli": [
    ["terminal"],
    ["args", "process", "text"],
    ["progress", "launch"],
    ["run", "compare", "use", "init"],
    [BESIDE],
  ],
};
