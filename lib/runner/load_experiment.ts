import { basename, dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { InputError } from "../core/errors.ts";
import type { Experiment } from "../experiment/experiment.ts";

/** An experiment with what the runner must know of its file. */
export interface LoadedExperiment {
  readonly experiment: Experiment;
  /** The path as the user gave it, for messages. */
  readonly file: string;
  /** The file's folder: paths in the experiment are relative to it. */
  readonly baseDir: string;
  /** Fields set over those of the file, `path=value` each; see {@link overrideExperiment}. */
  readonly overrides: readonly string[];
}

/**
 * Imports an experiment file.
 *
 * @throws {InputError} If there is no such file, it cannot be imported, it does not default-export an experiment, or
 * the experiment is not called like the file.
 */
export async function loadExperiment(file: string): Promise<LoadedExperiment> {
  const path = resolve(file);
  await checkIsFile(file, path);
  const experiment = await importDefault(file, path);
  if (!isExperiment(experiment)) {
    throw new InputError(
      `Cannot load ${file}: its default export must be made by defineExperiment, found ${kindOf(experiment)}`,
    );
  }
  const expected = basename(path).replace(/\.[a-z]+$/, "");
  if (experiment.name !== expected) {
    throw new InputError(
      `Cannot load ${file}: the experiment's name must be that of its file, "${expected}", ` +
        `found "${experiment.name}"`,
    );
  }
  return { experiment, file, baseDir: dirname(path), overrides: [] };
}

async function checkIsFile(file: string, path: string): Promise<void> {
  try {
    const { isFile } = await Deno.stat(path);
    if (!isFile) throw new InputError(`Cannot load ${file}: it must be a file, found a folder`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new InputError(`Cannot load ${file}: there is no such file, found none at ${path}`);
  }
}

async function importDefault(file: string, path: string): Promise<unknown> {
  try {
    return (await import(pathToFileURL(path).href)).default;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new InputError(`Cannot load ${file}: ${message}`, { cause: error });
  }
}

function isExperiment(value: unknown): value is Experiment {
  return typeof value === "object" && value !== null && Object.isFrozen(value) && "name" in value &&
    "grid" in value && "trial" in value && typeof value.trial === "function";
}

function kindOf(value: unknown): string {
  if (value === undefined) return "no default export";
  if (value === null) return "null";
  return typeof value === "object" ? "another object" : `a ${typeof value}`;
}
