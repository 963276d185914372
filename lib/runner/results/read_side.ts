import { join, resolve } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import { shownPath } from "../../files/file_problem.ts";
import { isFolder } from "../../files/is_folder.ts";
import { parseResults, type Results } from "../../report/files/parse_results.ts";
import { COMMITTED } from "../../report/files/result_files.ts";
import { runGit, shallowAdvice } from "../files/git.ts";
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
    `Cannot compare ${folder}: it holds no ${COMMITTED.summary.name}`,
  );
}

/**
 * Reads the results of an experiment in a folder from a git revision.
 *
 * @throws {InputError} If it has none, or a file is damaged.
 */
export async function readRevisionSide(
  revision: string,
  { folder }: { readonly folder: string },
): Promise<Results> {
  const read = async (name: string): Promise<string> => {
    const must = `it must be a folder of results, or a git revision that has ${join(folder, name)}`;
    const shown = shownPath(revision);
    if (!await isFolder(folder)) throw new InputError(`Cannot compare ${shown}: ${must}`);
    const answer = await runGit(["show", "--end-of-options", `${revision}:./${name}`], {
      folder: resolve(folder),
    });
    if ("text" in answer) return answer.text;
    throw new InputError(
      `Cannot compare ${shown}: ${must}; git says: ${answer.reason}` +
        await shallowAdvice(resolve(folder)),
    );
  };
  const [summary, trials] = [await read(COMMITTED.summary.name), await read(COMMITTED.trials.name)];
  const history = await read(COMMITTED.history.name);
  // Results of version 0.1 have none.
  const answer = await runGit(["show", "--end-of-options", `${revision}:./${COMMITTED.predictions.name}`], {
    folder: resolve(folder),
  });
  const predictions = "text" in answer ? answer.text : null;
  return parseResults({ summary, trials, history, predictions }, { folder: `${revision}:${folder}` });
}
