import { LOCAL, type ResultFile } from "../../report/files/result_files.ts";
import { COMMANDS } from "../args/commands.ts";
import { githubCheck } from "./github_check.ts";
import { githubComment } from "./github_comment.ts";
import { gitlabCheck } from "./gitlab_check.ts";
import type { ProjectFacts } from "./project_facts.ts";
import { readmeText } from "./readme_text.ts";
import { spiralsCsv } from "./spirals_csv.ts";

/** The experiment that `start` runs. */
const FIRST_EXPERIMENT = "experiments/spirals.ts";

/** Returns the files of a new project by their paths. */
export function projectFiles(facts: ProjectFacts): Readonly<Record<string, string>> {
  return {
    "deno.json": denoJson(facts),
    [FIRST_EXPERIMENT]: EXPERIMENT,
    "experiments/data/spirals.csv": spiralsCsv(),
    "results/.gitkeep": "",
    ".gitattributes": GIT_ATTRIBUTES,
    ".gitignore": GIT_IGNORE,
    ...ciFiles(facts),
    "README.md": readmeText(facts),
  };
}

function denoJson({ version, checkout }: ProjectFacts): string {
  const tasks = COMMANDS.filter(({ name }) => name !== "init").map(({ name, about }) => [
    name,
    name === "start"
      ? {
        description: `run ${FIRST_EXPERIMENT}, from nothing to a report`,
        command: command(`run ${FIRST_EXPERIMENT}`),
      }
      : { description: about, command: command(name) },
  ]);
  const config = {
    imports: { "@seedbed/seedbed": `jsr:@seedbed/seedbed@${version}` },
    ...checkout === null ? {} : { links: STAND_INS.map((path) => `${checkout}${path}`) },
    tasks: Object.fromEntries(tasks),
    // Their bytes are Seedbed's: nothing may format them.
    exclude: ["results"],
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

/** What a checkout links itself, besides the checkout: packages of JSR that it holds. */
const STAND_INS = ["", "/lib/std/assert", "/lib/std/cli", "/lib/std/csv"];

/** Deno is quiet, since it would complain about the links of a checkout at each command, and fetches what is used. */
function command(rest: string): string {
  return `deno run -qA --unstable-npm-lazy-caching @seedbed/seedbed/cli ${rest}`;
}

const EXPERIMENT = `import { csvDataset, defineExperiment } from "@seedbed/seedbed";

export default defineExperiment({
  name: "spirals",
  question: "How wide must a net be to tell three spirals apart?",
  seed: 231,
  repeats: 3,
  data: csvDataset({
    file: "data/spirals.csv",
    label: "arm",
    classes: ["a", "b", "c"],
    train: 400,
    validation: 100,
    test: 100,
  }),
  grid: { hidden: [4, 16, 64] },
  trial: ({ hidden }) => ({
    model: { hiddenDims: [hidden, hidden], weightScale: "he" },
    solver: {
      optimizer: { name: "adam", learningRate: 1e-2 },
      batchSize: 20,
      epochs: 30,
    },
  }),
});
`;

const GIT_ATTRIBUTES = `# Their bytes count, so that git must not change the ends of lines.
results/** -text
experiments/data/** -text
*.csv -text
deno.lock -text
results/*/report.html linguist-generated
results/*/figure_* linguist-generated
`;

/** A shard's own file is there for whoever merges it. */
const LEFT_OUT: readonly ResultFile[] = Object.values(LOCAL).filter((file) => file !== LOCAL.shard);
const FOLDERS: readonly string[] = [LOCAL.weights.name, LOCAL.checkpoints.name];

const GIT_IGNORE = `/node_modules/
# What a run needs to resume, and what differs from machine to machine.
${
  LEFT_OUT.map(({ name }) => `/results/*/${name}${FOLDERS.includes(name) ? "/" : ""}\n`).join("")
}/results/*/*.part
`;

/** The files that let a server check the project. */
function ciFiles(facts: ProjectFacts): Readonly<Record<string, string>> {
  switch (facts.ci) {
    case "github":
      return {
        ".github/workflows/seedbed.yml": githubCheck(facts),
        ".github/workflows/seedbed-comment.yml": githubComment({ workflow: "seedbed" }),
      };
    case "gitlab":
      return { ".gitlab-ci.yml": gitlabCheck(facts) };
    case "none":
      return {};
  }
}
