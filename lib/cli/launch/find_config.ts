import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../../core/check/errors.ts";
import { findProject, type Project } from "../../runner/files/find_project.ts";
import { readTextIfThere } from "./read_text_if_there.ts";
import type { Surroundings } from "./surroundings.ts";

/**
 * Returns the project whose imports a command needs that loads experiments: that of the first of them, else that of the
 * current folder.
 *
 * @param paths Experiment files and folders of them.
 * @throws {InputError} If there is no project, or its `deno.json` does not name this Seedbed.
 */
export function findConfig(
  paths: readonly string[],
  { action, folder, seedbed }: { readonly action: string } & Pick<Surroundings, "folder" | "seedbed">,
): Project {
  const project = paths.map(projectOf).find((found) => found !== null) ?? findProject(folder);
  if (project === null) {
    throw new InputError(
      `Cannot ${action}: experiments must be in a project with a deno.json, which is not in ${folder} or above it; ` +
        "the command init makes one",
    );
  }
  if (seedbed.protocol === "file:") checkNames(project, { action, root: resolve(fileURLToPath(seedbed)) });
  return project;
}

/** Returns the project of an experiment file, or of a folder of them. */
export function projectOf(path: string): Project | null {
  return findProject(isFolder(path) ? path : dirname(path));
}

interface Check {
  readonly action: string;
  /** Seedbed's folder. */
  readonly root: string;
}

/** The modules of a checkout import packages by names that only its own `deno.json` or a link to it explain. */
function checkNames(project: Project, { action, root }: Check): void {
  if (isSame(project.folder, root)) return;
  let found = "";
  // The links of a workspace are in the deno.json of its root.
  for (let above: Project | null = project; above !== null; above = findProject(dirname(above.folder))) {
    const { folder } = above;
    const { links, imports } = parseConfig(readTextIfThere(above.config) ?? "");
    if (Array.isArray(links)) {
      if (links.some((link) => isSame(resolve(folder, String(link)), root))) return;
      found = `, found ${JSON.stringify(links)}`;
    }
    if (typeof imports === "object" && imports !== null && "@std/cli" in imports) return;
    if (folder === dirname(folder)) break;
  }
  throw new InputError(
    `Cannot ${action}: the "links" of ${project.config} must name the folder of this Seedbed, ${root}` +
      `${found}; the command init makes a project that does`,
  );
}

/** Reads JSON with comments and commas at the end; what is damaged is Deno's to report. */
function parseConfig(text: string): { readonly links?: unknown; readonly imports?: unknown } {
  const json = text.replace(/("(?:[^"\\]|\\.)*")|\/\/.*|\/\*[\s\S]*?\*\//g, "$1").replace(
    /,(\s*[}\]])/g,
    "$1",
  );
  try {
    return JSON.parse(json) ?? {};
  } catch {
    return {};
  }
}

function isSame(left: string, right: string): boolean {
  try {
    return Deno.realPathSync(left) === Deno.realPathSync(right);
  } catch {
    return left === right;
  }
}

/** Returns whether there is something at a path. */
export function isThere(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}
