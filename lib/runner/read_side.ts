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
  if (await isFolder(side)) {
    const results = await readResults(side);
    if (results !== null) return results;
    throw new InputError(
      `Cannot compare ${side}: it must hold the results of an experiment, found no summary.json`,
    );
  }
  const read = async (name: string) =>
    await isFolder(other) ? await runGit(["show", `${side}:./${name}`], { folder: resolve(other) }) : null;
  const summary = await read("summary.json");
  if (summary === null) {
    throw new InputError(
      `Cannot compare ${side}: it must be a folder of results, or a git revision that has ` +
        `${join(other, "summary.json")}, found neither`,
    );
  }
  const [trials, history] = [await read("trials.csv") ?? "", await read("history.csv") ?? ""];
  return parseResults({ summary, trials, history }, { folder: `${side}:${other}` });
}
