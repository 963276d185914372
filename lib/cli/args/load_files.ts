import { InputError } from "../../core/check/errors.ts";
import { type LoadedExperiment, loadExperiment } from "../../runner/plan/load_experiment.ts";
import type { CommandLine } from "./command.ts";
import { QUICK_EXPERIMENT } from "./commands.ts";
import { FLAGS } from "./flags.ts";

/**
 * Loads experiment files and sets the fields of `--set`.
 *
 * @throws {InputError} If there is no file, one of them is wrong, or `--set` is given without `--results`.
 */
export async function loadFiles(
  files: readonly string[],
  { line }: { readonly line: CommandLine },
): Promise<readonly LoadedExperiment[]> {
  if (files.length === 0) {
    throw new InputError(`Cannot run experiments: no file is named; try ${QUICK_EXPERIMENT}`);
  }
  const overrides = line.get(FLAGS.set).map(([path, value]) => ({ path, value }));
  if (overrides.length > 0 && !line.has(FLAGS.results)) {
    throw new InputError(
      "Cannot use --set: results of changed fields must not take the place of the experiment's own, " +
        "--results DIR must name another folder",
    );
  }
  const loaded: LoadedExperiment[] = [];
  for (const file of files) {
    loaded.push(await loadExperiment(file, { overrides, isTrusted: line.get(FLAGS.trustExperiment) }));
  }
  return loaded;
}
