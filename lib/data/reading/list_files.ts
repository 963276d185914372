import { basename, join, resolve } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import { quoted } from "../../core/text/quoted.ts";
import { isFolder } from "../../files/is_folder.ts";
import { readFolder } from "../../files/read_folder.ts";
import type { TableFile } from "./base/table_content.ts";
import { ENDINGS, kindOf } from "./base/table_kind.ts";

/**
 * Returns the files of a table: those of a list in its order, or those of a folder by their names, sorted by code unit. Of
 * a folder, hidden files, folders and files with other endings are left out.
 *
 * @param declared A path of a file or folder, or paths of files; relative to `baseDir`.
 * @throws {InputError} If a folder has no such file, or a file has another ending.
 */
export async function listFiles(
  declared: string | readonly string[],
  { baseDir }: { readonly baseDir: string },
): Promise<readonly TableFile[]> {
  if (typeof declared !== "string") return declared.map((name) => checked(name, baseDir));
  const path = resolve(baseDir, declared);
  if (!await isFolder(path)) return [checked(declared, baseDir)];
  const names: string[] = [];
  for await (const entry of readFolder(path)) {
    const { name, isDirectory } = entry;
    if (!isDirectory && !name.startsWith(".") && kindOf(name) !== null) names.push(name);
  }
  if (names.length === 0) {
    throw new InputError(
      `Cannot read data: the folder ${declared} must have a file whose name ends in ${ENDINGS}, found none`,
    );
  }
  return names.sort().map((name) => ({ name: join(declared, name), path: join(path, name) }));
}

function checked(name: string, baseDir: string): TableFile {
  if (kindOf(name) !== null) return { name, path: resolve(baseDir, name) };
  throw new InputError(
    `Cannot read data: the name of a table must end in ${ENDINGS}, found ${quoted(basename(name))}`,
  );
}
