import { cacheDir as defaultCacheDir } from "../../files/cache_dir.ts";
import type { LoadOptions } from "../base/data_source.ts";
import type { TableSpec } from "../base/data_spec.ts";
import { listFiles } from "../reading/list_files.ts";
import type { TableFile } from "../reading/base/table_content.ts";
import { isPackaged } from "./is_packaged.ts";
import { packagedFile } from "./packaged_file.ts";

/** The files of a table: those that are divided, and those of the test split, if it has its own. */
export interface TableFiles {
  readonly files: readonly TableFile[];
  readonly testFiles: readonly TableFile[];
  /** Folder that keeps decoded tables; null if there is none. */
  readonly cacheDir: string | null;
}

/**
 * Returns the files of a table; that of an npm package is fetched once.
 *
 * @throws {InputError} If a file is missing.
 */
export async function tableFiles(
  { file, testFile, sha256 }: Pick<TableSpec, "file" | "testFile" | "sha256">,
  options: LoadOptions,
): Promise<TableFiles> {
  const { baseDir = ".", cacheDir = folderIfAny() } = options;
  const testFiles = testFile === undefined ? [] : await listFiles(testFile, { baseDir });
  if (!isPackaged(file)) return { files: await listFiles(file, { baseDir }), testFiles, cacheDir };
  const path = await packagedFile(file, {
    ...options,
    // The declaration has both, and without a cache folder there is no place for the file.
    sha256: sha256!,
    cacheDir: cacheDir ?? defaultCacheDir(),
  });
  return { files: [{ name: file, path }], testFiles, cacheDir };
}

/** Without a home folder or permission for the environment, nothing is kept. */
function folderIfAny(): string | null {
  try {
    return defaultCacheDir();
  } catch {
    return null;
  }
}
