import { basename, dirname, resolve } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import { isModulePath } from "../../core/text/is_module_path.ts";
import { quoted } from "../../core/text/quoted.ts";
import type { Declaration } from "../../experiment/points/expand_points.ts";
import { shownPath } from "../../files/file_problem.ts";
import { ifThereSync } from "../../files/if_there.ts";
import { fileLength } from "../../files/read_bytes.ts";
import { declareExperiment } from "../declare/declare_experiment.ts";
import type { Override } from "../declare/override_experiment.ts";
import type { DeclarationLimits } from "../declare/watch_declaration.ts";

/** The declaration of an experiment file, with facts about the file; all of it is plain data. */
export interface LoadedExperiment extends Declaration {
  /** The path as given by the user, for messages. */
  readonly file: string;
  /** The file's folder: paths in the experiment are relative to it. */
  readonly baseDir: string;
  /** Fields that override those of the file, `path=value` each; see `overrideExperiment`. */
  readonly overrides: readonly string[];
  /** Whether the file ran with all permissions. */
  readonly isTrusted: boolean;
}

/** Options of {@link loadExperiment}. */
export interface LoadOptions {
  /** Fields that override those of the file. Default: none. */
  readonly overrides?: readonly Override[];
  /** Gives the file all permissions of this process. Default: false. */
  readonly isTrusted?: boolean;
  /** The limits of each thread that runs the file. */
  readonly limits?: DeclarationLimits;
}

/** Prefix of the name of a helper, a file that experiments import and that is no experiment. */
export const HELPER_PREFIX = "_";

/**
 * Runs an experiment file in restricted threads and returns its declaration; the threads have started when this
 * returns its promise.
 *
 * @throws {InputError} If the file is missing, is a helper, cannot be imported, needs other permissions,
 * default-exports no experiment, has another name than its experiment, or if `trial` is wrong at a point.
 */
export async function loadExperiment(
  file: string,
  { overrides = [], isTrusted = false, limits }: LoadOptions = {},
): Promise<LoadedExperiment> {
  const path = resolve(file);
  checkIsExperimentFile(file, path);
  const declaration = await declareExperiment(path, { file, overrides, isTrusted, limits });
  const { name } = declaration.experiment;
  const expected = basename(path).replace(/\.[a-z]+$/, "");
  if (name !== expected) {
    throw new InputError(
      `Cannot load ${file}: the experiment's name must be that of its file, "${expected}", found ${
        quoted(name)
      }`,
    );
  }
  return {
    ...declaration,
    file,
    baseDir: dirname(path),
    overrides: overrides.map(({ path, value }) => `${path}=${value}`),
    isTrusted,
  };
}

function checkIsExperimentFile(file: string, path: string): void {
  const action = `load ${shownPath(file)}`;
  if (ifThereSync({ action: "load", path: file }, () => fileLength(path, { action })) === null) {
    throw new InputError(`Cannot ${action}: file not found: ${path}`);
  }
  if (!isModulePath(path)) {
    throw new InputError(
      `Cannot load ${file}: an experiment must be a TypeScript or JavaScript file, found ${
        quoted(basename(path))
      }`,
    );
  }
  if (!basename(path).startsWith(HELPER_PREFIX)) return;
  throw new InputError(
    `Cannot load ${file}: it must be an experiment, found a helper's name, which begins with "${HELPER_PREFIX}"`,
  );
}
