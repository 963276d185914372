import { join } from "node:path";
import { readIfThere } from "../../files/read_if_there.ts";
import { parseResults, type Results } from "../../report/files/parse_results.ts";

/**
 * Reads the committed files of an experiment.
 *
 * @returns What they say, or null if there is no summary.
 * @throws {InputError} If one of them is missing beside the summary, or damaged.
 */
export async function readResults(folder: string): Promise<Results | null> {
  const summary = await readIfThere(join(folder, "summary.json"));
  if (summary === null) return null;
  const [trials, history] = await Promise.all(
    ["trials.csv", "history.csv"].map(async (name) => await readIfThere(join(folder, name)) ?? ""),
  );
  return parseResults({ summary, trials, history }, { folder });
}
