import { join } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import { messageOf } from "../../core/check/message_of.ts";
import { quoted } from "../../core/text/quoted.ts";
import { shownPath } from "../../files/file_problem.ts";
import { readBytesIfThere } from "../../files/read_bytes.ts";
import { writeFileWhole } from "../../files/write_file_whole.ts";
import { COMMITTED, LOCAL } from "../../report/files/result_files.ts";
import { type UnzipFileInfo, unzipSync } from "./zip_package.ts";

/** Options of {@link unzip}. */
export interface UnzipOptions {
  readonly folder: string;
  /** The names of the experiments whose files are unpacked. */
  readonly experiments: readonly string[];
}

const MOST_BYTES = 2 ** 31;

/** The files of a run that are read. */
const READ: ReadonlySet<string> = new Set([
  LOCAL.journal.name,
  COMMITTED.trials.name,
  COMMITTED.history.name,
  COMMITTED.summary.name,
]);

/**
 * Unpacks the files of experiments from a zip file; others are left packed.
 *
 * @throws {InputError} If it is no zip file, is damaged, has a path that leaves its folder or the same file twice, or would
 * take more than 2 GiB.
 */
export async function unzip(path: string, { folder, experiments }: UnzipOptions): Promise<void> {
  const action = `read ${shownPath(path)}`;
  const bytes = await readBytesIfThere(path, { maxBytes: MOST_BYTES });
  if (bytes === null) throw new InputError(`Cannot ${action}: there is no such folder or file`);
  if (!startsAsZip(bytes)) throw new InputError(`Cannot ${action}: it must be a folder or a zip file`);
  const names = new Set<string>();
  let room = MOST_BYTES;
  const isWanted = ({ name, originalSize }: UnzipFileInfo): boolean => {
    const parts = name.split(/[/\\]/);
    if (parts.includes("..") || parts[0] === "" || /^[A-Za-z]:/.test(name)) {
      throw new InputError(`Cannot ${action}: its paths must lie below its folder, found ${quoted(name)}`);
    }
    if (!isRead(parts, experiments)) return false;
    if (names.has(name)) {
      throw new InputError(`Cannot ${action}: it must have each file once, found ${quoted(name)} twice`);
    }
    names.add(name);
    room -= originalSize;
    if (room < 0) {
      throw new InputError(`Cannot ${action}: it must take at most ${MOST_BYTES} bytes unpacked, found more`);
    }
    return true;
  };
  for (const [name, content] of Object.entries(unpack(bytes, { action, isWanted }))) {
    await writeFileWhole(join(folder, ...name.split("/")), content);
  }
}

interface Unpack {
  readonly action: string;
  readonly isWanted: (info: UnzipFileInfo) => boolean;
}

function unpack(bytes: Uint8Array, { action, isWanted }: Unpack): Readonly<Record<string, Uint8Array>> {
  try {
    return unzipSync(bytes, { filter: isWanted });
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`Cannot ${action}: it is damaged or encrypted, ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function isRead(parts: readonly string[], experiments: readonly string[]): boolean {
  const [above, folder, file] = ["", "", ...parts].slice(-3);
  if (experiments.includes(folder)) return READ.has(file);
  return experiments.includes(above) && folder === LOCAL.weights.name && /^[0-9a-f]+\.bin$/.test(file);
}

function startsAsZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}
