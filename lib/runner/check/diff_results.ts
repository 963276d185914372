import { InputError } from "../../core/check/errors.ts";
import { compareResults } from "../../report/compare/compare_results.ts";
import type { Comparison } from "../../report/compare/comparison.ts";
import type { Results } from "../../report/files/parse_results.ts";
import { readSide } from "../results/read_side.ts";

/** Two results and how they differ. */
export interface ResultsDiff {
  readonly comparison: Comparison;
  readonly before: Results;
  readonly after: Results;
}

/**
 * Compares two folders of results, or a folder with a git revision of it.
 *
 * @throws {InputError} If a side cannot be read, or the sides have different experiments.
 */
export async function diffResults(left: string, right: string): Promise<ResultsDiff> {
  const before = await readSide(left, { other: right });
  const after = await readSide(right, { other: left });
  const [one, two] = [before, after].map(({ summary }) => summary.experiment.name);
  if (one !== two) {
    throw new InputError(
      `Cannot compare ${left} and ${right}: they must be of one experiment, found ${one} and ${two}`,
    );
  }
  return { comparison: compareResults(before, { current: after }), before, after };
}
