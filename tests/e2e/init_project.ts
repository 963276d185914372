import { projectFiles } from "../../lib/cli/init/project_files.ts";
import { SEEDBED_VERSION } from "../../lib/core/facts/seedbed_version.ts";
import type { ProjectFacts } from "../../lib/cli/init/project_facts.ts";
import { commitAll, edit, runGit } from "./repository.ts";
import { stubPrograms } from "../workflows/run_script.ts";

/** A project that `init` made, with committed results and a branch that a pull request asks to merge. */
export interface Project {
  readonly folder: string;
  /** The environment of a job: the settings of whoever runs the tests must not matter. */
  readonly env: Readonly<Record<string, string>>;
  /** The commit at which the branch began. */
  readonly base: string;
  /** Makes the experiment learn less, and commits that. */
  readonly worsen: () => Promise<void>;
}

/** The experiment of the project. */
export const EXPERIMENT_FILE = "experiments/spirals.ts";

const ROOT = new URL("../../", import.meta.url).pathname.replace(/\/$/, "");

let template: Promise<string> | null = null;

/** Runs a test in a project of its own. */
export async function inProject(test: (project: Project) => Promise<void>): Promise<void> {
  const source = await (template ??= makeProject());
  const folder = await Deno.makeTempDir();
  try {
    await runGit(folder, ["clone", "--quiet", source, "project"]);
    const place = `${folder}/project`;
    const env = {
      PATH: await stubPrograms(`${folder}/bin`, { "apt-get": 'echo "apt-get $*"' }),
      SEEDBED_CACHE: `${folder}/cache`,
      CI: "true",
      ...Object.fromEntries(UNSET.map((name) => [name, ""])),
      GITHUB_BASE_REF: "main",
    };
    const base = (await runGit(place, ["rev-parse", "HEAD"])).trim();
    const worsen = async () => {
      await edit(`${place}/${EXPERIMENT_FILE}`, { "1e-2": "1e-5" });
      await commitAll(place, { message: "learn more slowly" });
    };
    await test({ folder: place, env, base, worsen });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const UNSET = ["GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"];

async function makeProject(): Promise<string> {
  const folder = await Deno.makeTempDir();
  addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
  const facts: ProjectFacts = { name: "new", version: SEEDBED_VERSION, checkout: ROOT, ci: "github" };
  for (const [path, text] of Object.entries(projectFiles(facts))) {
    await Deno.mkdir(`${folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
    await Deno.writeTextFile(`${folder}/${path}`, text);
  }
  await edit(`${folder}/${EXPERIMENT_FILE}`, {
    "[4, 16, 64]": "[4, 8]",
    "repeats: 3": "repeats: 1",
    "epochs: 30": "epochs: 3",
  });
  await runGit(folder, ["init", "--quiet", "--initial-branch=main"]);
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "run", EXPERIMENT_FILE],
    cwd: folder,
  }).output();
  if (!success) throw new Error(`Cannot make a project: ${new TextDecoder().decode(stderr)}`);
  await commitAll(folder, { message: "first results" });
  return folder;
}
