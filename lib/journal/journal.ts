import { dirname } from "node:path";
import { InputError } from "../core/errors.ts";
import type { TrialEvent } from "../experiment/trial_event.ts";
import { encodeRecord, type HeaderRecord, type JournalRecord, type TestRecord } from "./journal_record.ts";
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
  /** What the file was last run with that differs now, a sentence each. */
  readonly notes: readonly string[];
  readonly #path: string;
  readonly #header: HeaderRecord;
  #headerIsDue: boolean;
  #file: Deno.FsFile | null;

  private constructor(path: string, { header, replay, file }: Opened) {
    this.log = replay.log;
    this.tornBytes = replay.tornBytes;
    this.notes = differences(replay.header, header);
    this.#path = path;
    this.#header = header;
    this.#headerIsDue = replay.header === null ||
      replay.header.experimentDigest !== header.experimentDigest ||
      this.notes.length > 0;
    this.#file = file;
  }

  /**
   * Opens the journal at a path, replays it and cuts a torn tail off; a missing file is an empty journal.
   *
   * @throws {InputError} If another run has it open, it belongs to another experiment, or a record in it is damaged.
   */
  static open(path: string, { header }: { readonly header: HeaderRecord }): Journal {
    const file = openIfThere(path);
    if (file === null) {
      return new Journal(path, { header, replay: replayJournal(new Uint8Array(), { path }), file });
    }
    try {
      lockJournal(file, path);
      const replay = replayJournal(readWhole(file), { path });
      const found = replay.header?.experiment ?? header.experiment;
      if (found !== header.experiment) {
        throw new InputError(
          `Cannot open ${path}: it must belong to the experiment "${header.experiment}", found "${found}"`,
        );
      }
      file.truncateSync(replay.wholeBytes);
      file.seekSync(0, Deno.SeekMode.End);
      return new Journal(path, { header, replay, file });
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /**
   * Appends an event or a test accuracy unless it is known; what ends a trial is on the disk when this returns.
   *
   * @returns Whether it said something new.
   * @throws {BrokenPromiseError} If it contradicts what is known; nothing is written then.
   */
  append(record: TrialEvent | TestRecord): boolean {
    if (!this.log.add(record)) return false;
    if (this.#headerIsDue) this.#write(this.#header);
    this.#headerIsDue = false;
    this.#write(record);
    if (record.type !== "epoch") this.sync();
    return true;
  }

  /** Sees to it that all that was appended is on the disk; what ends a trial is there without it. */
  sync(): void {
    this.#file?.syncDataSync();
  }

  /** Closes the file and gives its lock up. */
  [Symbol.dispose](): void {
    this.#file?.close();
    this.#file = null;
  }

  #write(record: JournalRecord): void {
    this.#file ??= createFile(this.#path);
    const bytes = new TextEncoder().encode(encodeRecord(record));
    for (let written = 0; written < bytes.length;) {
      written += this.#file.writeSync(bytes.subarray(written));
    }
  }
}

/**
 * Locks an open journal until it is closed.
 *
 * @throws {InputError} If another process has locked it.
 */
export function lockJournal(file: Deno.FsFile, path: string): void {
  if (!file.tryLockSync(true)) throw inUse(path);
}

interface Opened {
  readonly header: HeaderRecord;
  readonly replay: Replay;
  readonly file: Deno.FsFile | null;
}

function openIfThere(path: string): Deno.FsFile | null {
  try {
    return Deno.openSync(path, { read: true, write: true });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

function createFile(path: string): Deno.FsFile {
  Deno.mkdirSync(dirname(path), { recursive: true });
  const file = Deno.openSync(path, { read: true, write: true, create: true });
  lockJournal(file, path);
  if (file.statSync().size > 0) throw inUse(path);
  return file;
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

function inUse(path: string): InputError {
  return new InputError(`Cannot open ${path}: one run at a time may write it, found another one at work`);
}

function differences(before: HeaderRecord | null, now: HeaderRecord): readonly string[] {
  const notes: string[] = [];
  if (before === null) return notes;
  if (before.dataDigest !== now.dataDigest) {
    notes.push(
      `The data changed: the journal's last trials ran on ${short(before.dataDigest)}, the data now are ` +
        `${short(now.dataDigest)}. No trial of other data is reused.`,
    );
  }
  if (before.numericsVersion !== now.numericsVersion) {
    notes.push(
      `The arithmetic changed: the journal's last trials ran with numerics version ${before.numericsVersion}, ` +
        `this is version ${now.numericsVersion}. No trial of another version is reused.`,
    );
  }
  return notes;
}

function short(digest: string): string {
  return digest.slice(0, 16);
}
