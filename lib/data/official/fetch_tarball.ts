import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
// @ts-types="npm:@types/tar-stream@3.1.5"
import { type Entry, extract } from "tar-stream";
import { InputError } from "../../core/check/errors.ts";
import { writeAll } from "../../files/write_all.ts";

/** A published version of an npm package. */
export interface Tarball {
  readonly name: string;
  readonly version: string;
  /** SHA-512 of the tarball as npm writes it, "sha512-" and base64; null if what is taken from it is checked instead. */
  readonly integrity: string | null;
}

/** Options of {@link fetchTarball}. */
export interface FetchOptions {
  /** Name of the data set, for messages. */
  readonly title: string;
  /** What the user can do instead; ends the message. */
  readonly remedy: string;
  /** The file that is written; after an error it is incomplete. */
  readonly path: string;
  /** Fetching stops with an error if the server sends more. */
  readonly maxBytes: number;
  /** Called with the bytes so far and the total, if the server reports it. */
  readonly onProgress?: (done: number, total: number | null) => void;
  readonly signal?: AbortSignal;
}

/**
 * Fetches the tarball of an npm package into a file and checks its integrity.
 *
 * The registry is `NPM_CONFIG_REGISTRY` (or `npm_config_registry`) of the environment, else npm's own; proxies are
 * those of `fetch`.
 *
 * @throws {InputError} If it cannot be fetched or is not the pinned version; the message has the URL.
 */
export async function fetchTarball(tarball: Tarball, options: FetchOptions): Promise<void> {
  const { title, remedy, maxBytes, onProgress, signal } = options;
  const fail = (what: string) => new InputError(`Cannot fetch ${title}: ${what}; ${remedy}`);
  const base = registry();
  // The file of a package of a scope, such as @scope/name, has the name alone.
  const [fileName] = tarball.name.split("/").slice(-1);
  const path = `${tarball.name}/-/${fileName}-${tarball.version}.tgz`;
  const url = URL.parse(path, base.endsWith("/") ? base : `${base}/`);
  if (url === null) throw fail(`NPM_CONFIG_REGISTRY must be a URL, found "${base}"`);
  const hash = createHash("sha512");
  const file = await Deno.open(options.path, { write: true, create: true, truncate: true });
  try {
    const response = await fetch(url, { signal });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw fail(`${url} must answer with status 200, found ${response.status}`);
    }
    const length = Number(response.headers.get("content-length"));
    let done = 0;
    for await (const chunk of response.body) {
      hash.update(chunk);
      await writeAll(file, chunk);
      done += chunk.length;
      if (done > maxBytes) throw fail(`${url} must send at most ${maxBytes} bytes, found more`);
      onProgress?.(done, length || null);
    }
  } catch (error) {
    // The user can fix network errors only; `fetch` throws those as TypeError.
    signal?.throwIfAborted();
    throw error instanceof TypeError ? fail(`${url} must be reachable, found "${oneLine(error)}"`) : error;
  } finally {
    file.close();
  }
  if (tarball.integrity === null) return;
  const integrity = `sha512-${hash.digest("base64")}`;
  if (integrity !== tarball.integrity) {
    throw fail(`${url} must have the integrity ${tarball.integrity}, found ${integrity}`);
  }
}

/** A file of a package. */
export interface PackageFile {
  /** Its path in the package. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The files to read from a tarball. */
export interface TarballFiles {
  /** Name of the data set, for messages. */
  readonly title: string;
  /** The files' paths in the package. */
  readonly names: readonly string[];
  /** A longer file is refused before memory is allocated for it. */
  readonly maxBytes: number;
}

/**
 * Yields the requested files of a fetched tarball, in the tarball's order, one in memory at a time.
 *
 * @throws {InputError} If one of them is longer than `maxBytes`.
 */
export async function* readTarball(
  path: string,
  { title, names, maxBytes }: TarballFiles,
): AsyncGenerator<PackageFile> {
  const entries = extract();
  pipeline(createReadStream(path), createGunzip(), entries, (error) => error && entries.destroy(error));
  for await (const entry of entries) {
    // npm puts everything into one folder, usually "package".
    const name = entry.header.name.replace(/^[^/]*\//, "");
    const { size = 0 } = entry.header;
    if (!names.includes(name)) entry.resume();
    else if (size <= maxBytes) yield { name, bytes: await readEntry(entry) };
    else {
      throw new InputError(
        `Cannot read ${title}: ${name} of the package must have at most ${maxBytes} bytes, found ${size}`,
      );
    }
  }
}

async function readEntry(entry: Entry): Promise<Uint8Array> {
  const bytes = new Uint8Array(entry.header.size ?? 0);
  let at = 0;
  for await (const chunk of entry) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function registry(): string {
  const { env } = Deno;
  return env.get("NPM_CONFIG_REGISTRY") || env.get("npm_config_registry") || "https://registry.npmjs.org";
}

/** The cause has the reason; the outer error only says "fetch failed". */
function oneLine(error: Error): string {
  const { message } = error.cause instanceof Error ? error.cause : error;
  return message.replace(/\s+/g, " ");
}
