import { join, resolve } from "node:path";
import { InputError } from "../core/errors.ts";
import { parseResults, type Results } from "../report/parse_results.ts";
import { runGit } from "./git.ts";
import { isFolder } from "./is_folder.ts";
import { readResults } from "./read_results.ts";

/**
 * Reads one side of a difference: a folder with the results of an experiment, or a git revision of the other folder.
 *
 * @throws {InputError} If it is neither, or a file is damaged.
 */
export async function readSide(side: string, { other }: { readonly other: string }): Promise<Results> {
  return await isFolder(side) ? await readFolderSide(side) : await readRevisionSide(side, { folder: other });
}

/**
 * Reads the results of an experiment in a folder.
 *
 * @throws {InputError} If there are none, or a file is damaged.
 */
export async function readFolderSide(folder: string): Promise<Results> {
  const results = await readResults(folder);
  if (results !== null) return results;
  throw new InputError(
    `Cannot compare ${folder}: it must hold the results of an experiment, found no summary.json`,
  );
}

/**
 * Reads the results of an experiment in a folder as a git revision has them.
 *
 * @throws {InputError} If it has none, or a file is damaged.
 */
export async function readRevisionSide(
  revision: string,
  { folder }: { readonly folder: string },
): Promise<Results> {
  const read = async (name: string) =>
    await isFolder(folder)
      ? await runGit(["show", `${revision}:./${name}`], { folder: resolve(folder) })
      : null;
  const summary = await read("summary.json");
  if (summary === null) {
    throw new InputError(
      `Cannot compare ${revision}: it must be a folder of results, or a git revision that has ` +
        `${join(folder, "summary.json")}, found neither`,
    );
  }
  const [trials, history] = [await read("trials.csv") ?? "", await read("history.csv") ?? ""];
  return parseResults({ summary, trials, history }, { folder: `${revision}:${folder}` });
}
