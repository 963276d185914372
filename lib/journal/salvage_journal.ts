import { dirname } from "node:path";
import { InputError } from "../core/check/errors.ts";
import { existsSync } from "../files/exists.ts";
import { fileProblem, usingFileSync } from "../files/file_problem.ts";
import { writeAllSync } from "../files/write_all.ts";
import { checkHeader } from "./check_header.ts";
import { lockJournal } from "./journal_lock.ts";
import type { HeaderRecord } from "./journal_record.ts";
import type { EpochsOf } from "./missing_epoch.ts";
import { type Replay, replayJournal } from "./replay_journal.ts";
import { type SalvagedRecords, salvageRecords } from "./salvage_records.ts";
import { asidePath } from "./set_journal_aside.ts";

/** Options of {@link salvageJournal}. */
export interface SalvageOptions {
  readonly header: HeaderRecord;
  readonly epochsOf: EpochsOf;
}

/** The result of salvaging a damaged journal. */
export interface Salvage extends Omit<SalvagedRecords, "text"> {
  /** The new path of the damaged file. */
  readonly aside: string;
}

/**
 * Returns the text of a journal with the undamaged records, or null if none is damaged.
 *
 * @throws {InputError} If it belongs to another experiment, to other data or to another numerics version.
 */
function salvageBytes(
  bytes: Uint8Array,
  { path, header, epochsOf }: SalvageOptions & { readonly path: string },
): SalvagedRecords | null {
  try {
    replayJournal(bytes, { path, epochsOf });
    return null;
  } catch {
    // It is damaged, or its records contradict each other.
  }
  const salvaged = salvageRecords(bytes, { header, epochsOf });
  checkHeader(salvaged.header, { header, path });
  return salvaged;
}

/**
 * Replaces a damaged journal by its undamaged records, and keeps the damaged file as `journal.N.jsonl`. At any time
 * one of the two is at the journal's path.
 *
 * @returns The result, or null if there is no journal or it is undamaged.
 * @throws {InputError} If a run is writing it, it cannot be read or written, or nothing in it can be reused.
 */
export function salvageJournal(path: string, options: SalvageOptions): Salvage | null {
  try {
    if (!existsSync(path)) return null;
    using file = Deno.openSync(path, { read: true, write: true });
    using _lock = lockJournal(file, path);
    const bytes = readBytes(path);
    const salvaged = salvageBytes(bytes, { ...options, path });
    if (salvaged === null) return null;
    const { text, ...rest } = salvaged;
    const aside = asidePath(path);
    writeThrough(aside, bytes);
    const part = `${path}.part`;
    writeThrough(part, new TextEncoder().encode(text));
    Deno.renameSync(part, path);
    return { ...rest, aside };
  } catch (error) {
    throw error instanceof InputError ? error : fileProblem(error, { action: "write", path });
  }
}

/**
 * Reads a journal as {@link salvageJournal} would leave it, without changing it.
 *
 * @returns Its content, or null if there is no such file.
 * @throws {InputError} If it cannot be read, or nothing in it can be reused.
 */
export function readSalvaged(path: string, options: SalvageOptions): Replay | null {
  if (!existsSync(path)) return null;
  const bytes = readBytes(path);
  const salvaged = salvageBytes(bytes, { ...options, path });
  return replayJournal(salvaged === null ? bytes : new TextEncoder().encode(salvaged.text), {
    ...options,
    path,
  });
}

function readBytes(path: string): Uint8Array {
  return usingFileSync({ action: "read", path }, () => Deno.readFileSync(path));
}

/** Writes a new file and syncs it, so that it survives a crash. */
function writeThrough(path: string, bytes: Uint8Array): void {
  Deno.mkdirSync(dirname(path), { recursive: true });
  using file = Deno.openSync(path, { write: true, create: true, truncate: true });
  writeAllSync(file, bytes);
  file.syncSync();
}
