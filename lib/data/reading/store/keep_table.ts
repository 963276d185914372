import { join } from "node:path";
import { syncFolder } from "../../../files/sync_folder.ts";
import type { MakeSink } from "../base/block_sink.ts";
import type { DecodedTable, TableFacts } from "../base/decoded_table.ts";
import { openStored, StoreError, StoreSink } from "./stored_table.ts";

/** Decodes a table into a sink, which it makes for a number of columns; it may make another one and begin again. */
export type DecodeTable = (makeSink: MakeSink) => Promise<TableFacts>;

/** Options of {@link keepTable}. */
export interface KeepOptions {
  /** Folder of decoded tables; made if it is missing. */
  readonly folder: string;
  /** A digest of all that decides the decoded table. */
  readonly key: string;
  readonly decode: DecodeTable;
}

/**
 * Returns a decoded table from its file, which is made if it is missing or damaged: whole or not at all. If several processes need
 * it, one makes it and the others wait.
 *
 * @throws {StoreError} If the file cannot be made.
 */
export async function keepTable({ folder, key, decode }: KeepOptions): Promise<DecodedTable> {
  const path = join(folder, `${key}.table`);
  const kept = await openStored(path, { key });
  if (kept !== null) return kept;
  using _lock = await lockTable(folder, key);
  const made = await openStored(path, { key });
  if (made !== null) return made;
  // A process that was killed left this file; it no longer holds the lock.
  const part = `${path}.part`;
  try {
    await writeTable(part, { key, decode });
    await storing(() => Deno.rename(part, path));
    await storing(() => syncFolder(folder));
  } catch (error) {
    await Deno.remove(part).catch(() => {});
    throw error;
  }
  const table = await openStored(path, { key });
  if (table === null) throw new StoreError(`Cannot read ${path}, which was just written`);
  return table;
}

async function writeTable(path: string, { key, decode }: Omit<KeepOptions, "folder">): Promise<void> {
  using file = await storing(() => Deno.open(path, { write: true, create: true, truncate: true }));
  let sink = new StoreSink(file, 0);
  const facts = await decode((columns) => sink = new StoreSink(file, columns));
  sink.finish(facts, { key });
}

/** Returns the locked file; closing it, or the end of the process, unlocks. */
async function lockTable(folder: string, key: string): Promise<Deno.FsFile> {
  await storing(() => Deno.mkdir(folder, { recursive: true }));
  const file = await storing(() => Deno.open(join(folder, `${key}.lock`), { write: true, create: true }));
  await storing(() => file.lock(true));
  return file;
}

/** Calls the system, whose refusal is an error of the store. */
async function storing<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw new StoreError("Cannot keep a decoded table", { cause: error });
  }
}
