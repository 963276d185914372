import { resolve } from "node:path";
import { isFolder } from "../../files/is_folder.ts";
import { isOptionalFile } from "../../report/files/is_optional_file.ts";
import { COMMITTED } from "../../report/files/result_files.ts";
import { runGit } from "./git.ts";

/**
 * Returns the names of an experiment's files that are to be committed and that git does not have as they are; null if git
 * ignores them all.
 */
export type ChangedFiles = (experiment: string) => readonly string[] | null;

const TO_COMMIT: ReadonlySet<string> = new Set(Object.values(COMMITTED).map(({ name }) => name));

const ARGS = [
  // Listing must not write the index.
  "--no-optional-locks",
  ...["-c", "status.relativePaths=true", "-c", "core.quotePath=false", "-c", "color.status=false"],
  ...[
    "status",
    "--short",
    "--no-branch",
    "--no-renames",
    "--untracked-files=all",
    "--ignored=matching",
    "--",
    ".",
  ],
];

/**
 * Asks git once for the files of all experiments in a folder of results that differ from the last commit, are not known to it, or are ignored.
 *
 * @returns Null if the folder is in no repository, there is no such folder, or there is no git.
 */
export async function readChangedFiles(folder: string): Promise<ChangedFiles | null> {
  if (!await isFolder(folder)) return null;
  const answer = await runGit(ARGS, { folder: resolve(folder) });
  if ("reason" in answer) return null;
  const paths = answer.text.split("\n").map((line) => line.slice(3));
  // A folder is listed in place of its files where it is ignored, or one above it.
  const isOutside = paths.some((path) => path === "./" || path.startsWith("../"));
  const changed = Map.groupBy(paths, (path) => path.slice(0, path.indexOf("/")));
  return (experiment) => {
    const names = (changed.get(experiment) ?? []).map((path) => path.slice(experiment.length + 1));
    if (isOutside || names.includes("")) return null;
    return names.filter((name) => TO_COMMIT.has(name) || isOptionalFile(name));
  };
}
