import { InputError } from "../../core/check/errors.ts";
import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import { hasDifferences } from "../../report/compare/comparison.ts";
import { diffText } from "../../report/compare/diff_text.ts";
import { diffResults, type ResultsDiff } from "../../runner/check/diff_results.ts";
import { locateDifference } from "../../runner/check/locate_difference.ts";
import { launcherHere } from "../../runner/files/seedbed_place.ts";
import type { RunCommand } from "../args/command.ts";
import { FLAGS } from "../args/flags.ts";
import { wrapText } from "../terminal/wrap_text.ts";
import { locationText } from "../text/location_text.ts";

/** `diff A B`: compares two results, and finds the first tensor that differs. */
export const diffCommand: RunCommand = async (line, terminal) => {
  const [left, right, ...rest] = line.operands;
  if (right === undefined || rest.length > 0) {
    throw new InputError(`Cannot compare: two sides must be named, found ${line.operands.length}`);
  }
  const diff = await diffResults(left, right);
  const { comparison, ...sides } = diff;
  const text = diffText(comparison, { ...sides, mostTrials: line.get(FLAGS.shownTrials) });
  terminal.write(wrapText(text, terminal));
  const isSame = comparison.changes.length === 0 && !hasDifferences(comparison);
  if (line.get(FLAGS.locate) && !isSame) terminal.write(await locate(diff, [left, right]));
  return isSame ? EXIT_CODES.good : EXIT_CODES.different;
};

async function locate({ comparison }: ResultsDiff, folders: readonly [string, string]): Promise<string> {
  const trial = comparison.trials.find(({ parting }) => parting !== null && parting.weightsEpoch !== null);
  if (trial === undefined) return "  no trial's weights differ: there is nothing to locate\n";
  const { experiment } = comparison;
  const location = await locateDifference(trial, { experiment, folders, launcher: launcherHere() });
  return location === null
    ? "  located: replayed now, both sides are the same; the results were made by other code\n"
    : `  located: ${locationText(location)}\n`;
}
