import { join, resolve } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import { listed } from "../../core/text/listed.ts";
import { shownPath } from "../../files/file_problem.ts";
import { exists } from "../../files/exists.ts";
import { isFolder } from "../../files/is_folder.ts";
import { makeTemporaryFolder } from "../../files/make_temporary_folder.ts";
import { readFolder } from "../../files/read_folder.ts";
import { LOCAL } from "../../report/files/result_files.ts";

/** A folder of results that ran elsewhere. */
export interface KeptResults extends AsyncDisposable {
  /** As the user named it. */
  readonly path: string;
  /**
   * Returns the folder with the journal of an experiment.
   *
   * @throws {InputError} If there is none, or more than one.
   */
  readonly folderOf: (experiment: string) => Promise<string>;
}

/** Folders above those of experiments, in what CI uploads. */
const MOST_FOLDERS_ABOVE = 4;

/**
 * Opens what `check --keep` left: its folder, or a zip file of it, which is unpacked into a temporary folder.
 *
 * @throws {InputError} If it is neither, or the zip file cannot be unpacked.
 */
export async function openKept(
  path: string,
  { experiments }: { readonly experiments: readonly string[] },
): Promise<KeptResults> {
  if (await isFolder(path)) {
    const folderOf = (experiment: string) => findFolder(path, { path, experiment });
    return { path, folderOf, [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  const folder = await makeTemporaryFolder({ prefix: "seedbed-kept-" });
  try {
    // With a literal path, Deno would fetch its package for every command.
    const { href } = new URL("./unzip.ts", import.meta.url);
    const { unzip } = await import(href) as typeof import("./unzip.ts");
    await unzip(path, { folder, experiments });
  } catch (error) {
    await Deno.remove(folder, { recursive: true });
    throw error;
  }
  return {
    path,
    folderOf: (experiment) => findFolder(folder, { path, experiment }),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

interface Wanted {
  readonly path: string;
  readonly experiment: string;
}

async function findFolder(folder: string, { path, experiment }: Wanted): Promise<string> {
  const found: string[] = [];
  const search = async (above: string, depth: number): Promise<void> => {
    for await (const { name, isDirectory } of readFolder(above)) {
      const inner = join(above, name);
      if (!isDirectory) continue;
      if (name === experiment && await exists(join(inner, LOCAL.journal.name))) found.push(inner);
      else if (depth < MOST_FOLDERS_ABOVE) await search(inner, depth + 1);
    }
  };
  await search(resolve(folder), 0);
  if (found.length === 1) return found[0];
  const names = found.sort().map((inner) => inner.slice(resolve(folder).length + 1));
  throw new InputError(
    `Cannot accept results of ${experiment}: ${
      shownPath(path)
    } must hold ${experiment}/${LOCAL.journal.name} once, ` +
      `found ${
        names.length === 0 ? "none; check --keep leaves one" : listed(names, { most: 5, show: String })
      }`,
  );
}
