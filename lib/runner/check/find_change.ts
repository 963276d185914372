import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { DataSpec } from "../../data/base/data_spec.ts";
import { dataOf } from "../../experiment/declaration/experiment.ts";
import { ifThere } from "../../files/if_there.ts";
import { findProject } from "../files/find_project.ts";
import { moduleFiles } from "../files/module_graph.ts";
import { seedbedRoot } from "../files/seedbed_place.ts";
import type { LoadedExperiment } from "../plan/load_experiment.ts";
import { planRun } from "../plan/plan_run.ts";
import { readResults } from "../results/read_results.ts";
import type { ChangedSince } from "./changed_since.ts";

/** Options of {@link findChange}. */
export interface FindChangeOptions extends Pick<ChangedSince, "paths"> {
  readonly resultsDir: string;
}

/** Files that name the packages of a project, Seedbed among them, and their versions. */
const VERSION_FILES = ["deno.json", "deno.jsonc", "deno.lock", "import_map.json", "package.json"];

/** The parts of Seedbed's code that no result depends on. */
const NO_RESULT = /\/lib\/(cli|dashboard)\/|\.md$/;

/**
 * Returns what changed of all that may decide an experiment's results, or null if nothing did: its file, what that
 * imports, its data, its committed results, the versions of its packages, Seedbed's own code.
 *
 * The declaration and the data are compared with those of the committed results as well, since data need not be in git.
 */
export async function findChange(
  loaded: LoadedExperiment,
  { paths, resultsDir }: FindChangeOptions,
): Promise<string | null> {
  const { experiment, file, baseDir } = loaded;
  const { name } = experiment;
  const own = await moduleFiles(resolve(file));
  const tables = dataOf(experiment).flatMap(tablePaths).map((path) => resolve(baseDir, path));
  for (const path of [...own, ...tables]) {
    if (paths.has(await realPath(path))) return `${shown(path)} changed`;
  }
  for (const table of tables) {
    const folder = await realPath(table);
    const inside = [...paths].find((path) => isInside(path, folder));
    if (inside !== undefined) return `${shown(inside)} changed`;
  }
  const project = await realPath(findProject(baseDir)?.folder ?? dirname(resolve(file)));
  const versions = VERSION_FILES.map((version) => join(project, version)).find((path) => paths.has(path));
  if (versions !== undefined) return `${shown(versions)} changed`;
  const results = await realPath(resolve(resultsDir, name));
  const code = await seedbedFolder();
  for (const path of paths) {
    if (isInside(path, results)) return `${shown(path)} changed`;
    if (code !== null && isInside(path, code) && !NO_RESULT.test(path)) {
      return `Seedbed's ${shown(path)} changed`;
    }
  }
  return await isAsDeclared(loaded, resultsDir)
    ? null
    : "its results are of another declaration or other data";
}

/** Returns the files of a user's table, and folders of them. */
function tablePaths(data: DataSpec): readonly string[] {
  if (data.kind === "csv") return [data.file];
  return data.kind === "table" ? [data.file, data.testFile ?? []].flat() : [];
}

async function isAsDeclared(loaded: LoadedExperiment, resultsDir: string): Promise<boolean> {
  const { folder, header } = await planRun(loaded, { resultsDir });
  // Damaged results are checked, so that the check reports them.
  const results = await readResults(folder).catch(() => null);
  return results !== null && results.summary.experimentDigest === header.experimentDigest &&
    results.summary.dataDigest === header.dataDigest;
}

/** The folder of Seedbed's code, or null if a registry has it. */
async function seedbedFolder(): Promise<string | null> {
  const root = seedbedRoot();
  return root.protocol === "file:" ? await realPath(fileURLToPath(new URL("lib", root))) : null;
}

/** Git names files by their real paths. */
async function realPath(path: string): Promise<string> {
  return await ifThere({ action: "read", path }, () => Deno.realPath(path)) ?? path;
}

function isInside(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`);
}

function shown(path: string): string {
  const way = relative(Deno.cwd(), path);
  return way.startsWith("..") ? path : way;
}
