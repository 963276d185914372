import { dirname } from "node:path";
import { fileProblem, usingFileSync } from "../core/file_problem.ts";
import { checkHeader } from "./check_header.ts";
import { inUse, lockJournal } from "./journal_lock.ts";
import { encodeRecord, type HeaderRecord, type JournalRecord, type LogRecord } from "./journal_record.ts";
import type { EpochsOf } from "./missing_epoch.ts";
import { type Replay, replayJournal } from "./replay_journal.ts";
import type { TrialLog } from "./trial_log.ts";

/**
 * An experiment's journal: the file of JSON lines that outlives a crash.
 *
 * The file is locked while it is open, and made by the first append. Close it, or declare it with `using`.
 */
export class Journal {
  /** All that the file holds, and what was appended since. */
  readonly log: TrialLog;
  /** Bytes of a half-written last record that opening left out. */
  readonly tornBytes: number;
  readonly #path: string;
  readonly #header: HeaderRecord;
  #headerIsDue: boolean;
  #open: OpenFile | null;

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
   * @throws {InputError} If another run has it open, a record in it is damaged or missing, or it belongs to another experiment, to
   * other data or to another numerics version, so that nothing in it can be reused.
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
   * Appends an event, a test accuracy or an inspection unless it is known; what ends a trial is on the disk when this returns.
   *
   * @returns Whether it said something new.
   * @throws {BrokenPromiseError} If it contradicts what is known; nothing is written then.
   * @throws {InputError} If the disk does not take it; what was appended before stays usable.
   */
  append(record: LogRecord): boolean {
    if (!this.log.add(record)) return false;
    if (this.#headerIsDue) this.#write(this.#header);
    this.#headerIsDue = false;
    this.#write(record);
    if (record.type !== "epoch") this.sync();
    return true;
  }

  /** Sees to it that all that was appended is on the disk; what ends a trial is there without it. */
  sync(): void {
    try {
      this.#open?.file.syncDataSync();
    } catch (error) {
      throw fileProblem(error, { action: "write", path: this.#path });
    }
  }

  /** Closes the file and gives its lock up. */
  [Symbol.dispose](): void {
    this.#open?.lock[Symbol.dispose]();
    this.#open?.file.close();
    this.#open = null;
  }

  #write(record: JournalRecord): void {
    const bytes = new TextEncoder().encode(encodeRecord(record));
    try {
      this.#open ??= createFile(this.#path);
      for (let written = 0; written < bytes.length;) {
        written += this.#open.file.writeSync(bytes.subarray(written));
      }
    } catch (error) {
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
  try {
    return Deno.openSync(path, { read: true, write: true });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw fileProblem(error, { action: "write", path });
  }
}

function createFile(path: string): OpenFile {
  const file = usingFileSync({ action: "write", path }, () => {
    Deno.mkdirSync(dirname(path), { recursive: true });
    return Deno.openSync(path, { read: true, write: true, create: true });
  });
  try {
    const lock = lockJournal(file, path);
    // Another run may have made, written and closed it since this one found none.
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
