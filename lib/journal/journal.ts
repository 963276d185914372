import { dirname } from "node:path";
import { fileProblem, usingFileSync } from "../files/file_problem.ts";
import { ifThereSync } from "../files/if_there.ts";
import { writeAll } from "../files/write_all.ts";
import { checkHeader } from "./check_header.ts";
import { inUse, lockJournal } from "./journal_lock.ts";
import { encodeRecord, type HeaderRecord, type LogRecord } from "./journal_record.ts";
import type { EpochsOf } from "./missing_epoch.ts";
import { type Replay, replayJournal } from "./replay_journal.ts";
import type { TrialLog } from "./trial_log.ts";

/**
 * An experiment's journal: the file of JSON lines that survives a crash.
 *
 * Appended records reach the disk with the next {@link Journal.sync}. The file is locked while it is open. The first
 * sync with something to write creates it. Declare it with `await using`, which writes the rest and closes it.
 */
export class Journal {
  /** All records of the file, and those that were appended since. */
  readonly log: TrialLog;
  /** Bytes of a half-written last record that opening skipped. */
  readonly tornBytes: number;
  readonly #path: string;
  readonly #header: HeaderRecord;
  #headerIsDue: boolean;
  #open: OpenFile | null;
  /** Lines that are not yet part of a write. */
  #lines: string[] = [];
  /** A write that has not begun, and will include all lines present then. */
  #due: Promise<void> | null = null;
  /** The last requested write; after one has failed, all fail. */
  #written: Promise<void> = Promise.resolve();
  #hasFailed = false;

  private constructor(path: string, { header, replay, open }: Opened) {
    this.log = replay.log;
    this.tornBytes = replay.tornBytes;
    this.#path = path;
    this.#header = header;
    this.#headerIsDue = replay.header?.experimentDigest !== header.experimentDigest;
    this.#open = open;
  }

  /**
   * Opens the journal at a path, replays it and cuts a torn tail off; a missing file is an empty journal.
   *
   * @param options.epochsOf See {@link EpochsOf}.
   * @throws {InputError} If another run has it open, a record is damaged or missing, or nothing in it can be reused:
   * it belongs to another experiment, other data or another numerics version.
   */
  static open(
    path: string,
    { header, epochsOf }: { readonly header: HeaderRecord; readonly epochsOf?: EpochsOf },
  ): Journal {
    const file = openIfThere(path);
    if (file === null) {
      return new Journal(path, { header, replay: replayJournal(new Uint8Array(), { path }), open: null });
    }
    let lock: Disposable | null = null;
    try {
      lock = lockJournal(file, path);
      const replay = replayJournal(readWhole(file), { path, epochsOf });
      checkHeader(replay.header, { header, path });
      if (replay.tornBytes > 0) file.truncateSync(replay.wholeBytes);
      file.seekSync(0, Deno.SeekMode.End);
      return new Journal(path, { header, replay, open: { file, lock } });
    } catch (error) {
      lock?.[Symbol.dispose]();
      file.close();
      throw fileProblem(error, { action: "write", path });
    }
  }

  /**
   * Appends an event, a test accuracy or an inspection unless it is known; it must not be shown before {@link sync}.
   *
   * @returns Whether it was new.
   * @throws {BrokenPromiseError} If it contradicts a known record; nothing is written then.
   */
  append(record: LogRecord): boolean {
    if (!this.log.add(record)) return false;
    if (this.#headerIsDue) this.#lines.push(encodeRecord(this.#header));
    this.#headerIsDue = false;
    this.#lines.push(encodeRecord(record));
    return true;
  }

  /**
   * Settles when all records appended so far are on the disk. Records that are appended during a write share the next
   * one.
   *
   * @throws {InputError} If the disk refuses it; earlier records stay usable.
   */
  sync(): Promise<void> {
    if (this.#lines.length > 0) this.#written = this.#due ??= this.#written.then(() => this.#write());
    return this.#written;
  }

  /** Writes the rest, closes the file and releases its lock. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      // The caller of the failed write has the error already.
      if (!this.#hasFailed) await this.sync();
    } finally {
      this.#open?.lock[Symbol.dispose]();
      this.#open?.file.close();
      this.#open = null;
    }
  }

  async #write(): Promise<void> {
    const bytes = new TextEncoder().encode(this.#lines.join(""));
    this.#lines = [];
    this.#due = null;
    try {
      const { file } = this.#open ??= createFile(this.#path);
      await writeAll(file, bytes);
      await file.syncData();
    } catch (error) {
      this.#hasFailed = true;
      throw fileProblem(error, { action: "write", path: this.#path });
    }
  }
}

interface Opened {
  readonly header: HeaderRecord;
  readonly replay: Replay;
  readonly open: OpenFile | null;
}

interface OpenFile {
  readonly file: Deno.FsFile;
  readonly lock: Disposable;
}

function openIfThere(path: string): Deno.FsFile | null {
  return ifThereSync({ action: "write", path }, () => Deno.openSync(path, { read: true, write: true }));
}

function createFile(path: string): OpenFile {
  const file = usingFileSync({ action: "write", path }, () => {
    Deno.mkdirSync(dirname(path), { recursive: true });
    return Deno.openSync(path, { read: true, write: true, create: true });
  });
  try {
    const lock = lockJournal(file, path);
    // Another run may have created, written and closed it since this one found none.
    if (file.statSync().size === 0) return { file, lock };
    lock[Symbol.dispose]();
    throw inUse(path);
  } catch (error) {
    file.close();
    throw error;
  }
}

function readWhole(file: Deno.FsFile): Uint8Array {
  const bytes = new Uint8Array(file.statSync().size);
  let read = 0;
  while (read < bytes.length) {
    const count = file.readSync(bytes.subarray(read));
    if (count === null) break;
    read += count;
  }
  return bytes.subarray(0, read);
}
