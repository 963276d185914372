import { isAbsolute, join, relative, resolve } from "node:path";
import { exists } from "../../files/exists.ts";
import { makeTemporaryFolder } from "../../files/make_temporary_folder.ts";
import { readIfThere } from "../../files/read_if_there.ts";
import { findProject } from "../files/find_project.ts";
import { realPlace } from "../files/real_place.ts";
import { askGit, type CommitFacts } from "./bisect_git.ts";

/** A temporary worktree of a repository, in which the user's own is not touched. */
export interface BisectWorktree {
  readonly folder: string;
  /** Makes its files those of a commit. */
  readonly checkOut: (commit: string) => Promise<void>;
}

/** Two temporary worktrees and a folder for results; all are removed at the end, also where the process is ended. */
export interface BisectFolders extends Disposable {
  readonly before: BisectWorktree;
  readonly after: BisectWorktree;
  readonly results: string;
}

/** Options of {@link makeFolders}. */
export interface FoldersOptions {
  readonly repository: string;
  readonly good: CommitFacts;
  readonly bad: CommitFacts;
}

/**
 * Makes two temporary worktrees, one of each revision.
 *
 * @throws {InputError} If git or the system refuses it.
 */
export async function makeFolders({ repository, good, bad }: FoldersOptions): Promise<BisectFolders> {
  const folder = realPlace(await makeTemporaryFolder({ prefix: "seedbed-bisect-" }));
  const paths = [join(folder, "before"), join(folder, "after")] as const;
  const remove = () => removeAll(folder, { repository, paths });
  // A second Ctrl-C ends the process at once.
  addEventListener("unload", remove);
  const dispose = () => {
    removeEventListener("unload", remove);
    remove();
  };
  try {
    for (const [index, { commit }] of [good, bad].entries()) {
      await askGit(["worktree", "add", "--quiet", "--detach", paths[index], commit], repository);
    }
    const [before, after] = paths.map((path) => worktreeAt(path, { repository }));
    for (const [index, { commit }] of [good, bad].entries()) await [before, after][index].checkOut(commit);
    return { before, after, results: join(folder, "results"), [Symbol.dispose]: dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

function worktreeAt(folder: string, { repository }: { readonly repository: string }): BisectWorktree {
  return {
    folder,
    async checkOut(commit) {
      // What a run left behind, such as a changed lock file, must not be part of the next revision.
      await askGit(["checkout", "--quiet", "--force", "--detach", commit], folder);
      await askGit(["clean", "--quiet", "-ffdx"], folder);
      for (const config of await configs(folder)) await linkAsBefore(config, { folder, repository });
    },
  };
}

/** Returns the paths of the `deno.json` files of a worktree. */
async function configs(folder: string): Promise<readonly string[]> {
  const names = await askGit(["ls-files", "-z", "--", "deno.json", "**/deno.json"], folder);
  return names.split("\0").filter((name) => name !== "").map((name) => join(folder, name));
}

/** Makes the links of a `deno.json` to folders outside the repository lead to where they lead in the user's worktree. */
async function linkAsBefore(
  path: string,
  { folder, repository }: { readonly folder: string; readonly repository: string },
): Promise<void> {
  const config = parseLinks(await readIfThere(path) ?? "");
  if (config === null) return;
  const place = join(path, "..");
  const home = join(repository, relative(folder, place));
  const isInside = (target: string) => !/^\.\.(?:[/\\]|$)/.test(relative(folder, target));
  const links = config.links.map((link) =>
    isAbsolute(link) || isInside(resolve(place, link)) ? link : resolve(home, link)
  );
  if (links.every((link, index) => link === config.links[index])) return;
  await Deno.writeTextFile(path, JSON.stringify({ ...config, links }));
}

/** Returns a config with its links; null if it has none, or has comments, which are Deno's to read. */
function parseLinks(text: string): { readonly links: readonly string[] } | null {
  try {
    const config = JSON.parse(text);
    const { links } = config;
    return Array.isArray(links) && links.every((link) => typeof link === "string") ? config : null;
  } catch {
    return null;
  }
}

interface ToRemove {
  readonly repository: string;
  readonly paths: readonly string[];
}

/** It waits for nothing, since it also runs while the process ends. */
function removeAll(folder: string, { repository, paths }: ToRemove): void {
  const git = (...args: readonly string[]) =>
    new Deno.Command("git", { args: [...args], cwd: repository, stdin: "null" }).outputSync().success;
  const isRemoved = paths.map((path) => git("worktree", "remove", "--force", "--force", path));
  try {
    Deno.removeSync(folder, { recursive: true });
  } catch {
    // A program that is just ending may still write there; the system empties this folder.
  }
  // Only what was made in part, such as by a checkout that was interrupted, is still known to git.
  if (isRemoved.includes(false)) git("worktree", "prune");
}

/** Returns the folder of an experiment file's project in a worktree, or null if that revision has none. */
export async function projectIn({ folder }: BisectWorktree, file: string): Promise<string | null> {
  const path = join(folder, file);
  const project = await exists(path) ? findProject(join(path, "..")) : null;
  return project === null || relative(folder, project.folder).startsWith("..") ? null : project.folder;
}
