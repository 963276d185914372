import { dirname } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import { findProject } from "./find_project.ts";

/** The part of the output of `deno info --json` that is read. */
interface GraphJson {
  readonly modules: readonly { readonly local?: string | null; readonly error?: string }[];
}

/**
 * Returns the paths of a module and of all that it imports, as far as they are files; nothing is run.
 *
 * @param path The absolute path of the module.
 * @throws {InputError} If its imports cannot be followed.
 */
export async function moduleFiles(path: string): Promise<readonly string[]> {
  const config = findProject(dirname(path))?.config;
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", ...config === undefined ? [] : [`--config=${config}`], path],
    cwd: dirname(path),
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  if (!success) {
    throw new InputError(`Cannot follow the imports of ${path}: ${decoder.decode(stderr).trim()}`);
  }
  const { modules }: GraphJson = JSON.parse(decoder.decode(stdout));
  return modules.flatMap(({ local }) => local ?? []);
}
