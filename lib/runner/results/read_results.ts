import { join } from "node:path";
import { readIfThere } from "../../files/read_if_there.ts";
import { parseResults, type Results } from "../../report/files/parse_results.ts";
import { COMMITTED } from "../../report/files/result_files.ts";

/**
 * Reads the committed files of an experiment.
 *
 * @returns Their content, or null if there is no summary.
 * @throws {InputError} If there is a summary and another file is missing, or a file is damaged.
 */
export async function readResults(folder: string): Promise<Results | null> {
  const summary = await readIfThere(join(folder, COMMITTED.summary.name));
  if (summary === null) return null;
  const [trials, history] = await Promise.all(
    [COMMITTED.trials, COMMITTED.history].map(async ({ name }) =>
      await readIfThere(join(folder, name)) ?? ""
    ),
  );
  const predictions = await readIfThere(join(folder, COMMITTED.predictions.name));
  return parseResults({ summary, trials, history, predictions }, { folder });
}
