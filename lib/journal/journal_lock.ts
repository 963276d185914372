import { InputError } from "../core/check/errors.ts";
import { usingFileSync } from "../files/file_problem.ts";
import { ifThereSync } from "../files/if_there.ts";

/** The process that has a journal open. */
interface Owner {
  readonly pid: number;
  /** Null if this process may not read the host name. */
  readonly host: string | null;
}

/**
 * Locks an open journal until the file is closed, and writes the owner to `journal.lock` beside it; disposing of the
 * lock, before closing, removes that file.
 *
 * The system releases the lock of a process that died; a `journal.lock` that remains is overwritten.
 *
 * @throws {InputError} If another process has locked it, with its number and host.
 */
export function lockJournal(file: Deno.FsFile, path: string): Disposable {
  if (!file.tryLockSync(true)) throw inUse(path);
  const ownerPath = ownerPathOf(path);
  const owner: Owner = { pid: Deno.pid, host: hostName() };
  usingFileSync(
    { action: "write", path: ownerPath },
    () => Deno.writeTextFileSync(ownerPath, `${JSON.stringify(owner)}\n`),
  );
  return {
    [Symbol.dispose]() {
      ifThereSync({ action: "remove", path: ownerPath }, () => Deno.removeSync(ownerPath));
    },
  };
}

/** Returns the error for a journal that another run is writing. */
export function inUse(path: string): InputError {
  return new InputError(
    `Cannot open ${path}: only one run at a time may write it, found ${ownerText(path)} writing it`,
  );
}

function ownerText(path: string): string {
  try {
    const { pid, host }: Owner = JSON.parse(Deno.readTextFileSync(ownerPathOf(path)));
    return `process ${pid}${host === null ? "" : ` on ${host}`}`;
  } catch {
    // It has just locked the file, or is about to release it.
    return "another run";
  }
}

function ownerPathOf(path: string): string {
  return path.replace(/\.jsonl$/, ".lock");
}

function hostName(): string | null {
  const { state } = Deno.permissions.querySync({ name: "sys", kind: "hostname" });
  return state === "granted" ? Deno.hostname() : null;
}
