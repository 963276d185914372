import { InputError } from "../core/check/errors.ts";
import { usingFileSync } from "../files/file_problem.ts";
import { ifThereSync } from "../files/if_there.ts";

/** Who has a journal open. */
interface Owner {
  readonly pid: number;
  /** Null if this process may not ask for it. */
  readonly host: string | null;
}

/**
 * Locks an open journal until the file is closed, and says in `journal.lock` beside it who did; disposing of the lock,
 * which comes before closing, removes that.
 *
 * The system gives the lock of a process that died up, so that it needs no taking over; what is left in `journal.lock`
 * then is written over.
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

/** Returns the error of a journal that another run writes. */
export function inUse(path: string): InputError {
  return new InputError(
    `Cannot open ${path}: one run at a time may write it, found ${ownerText(path)} at work`,
  );
}

function ownerText(path: string): string {
  try {
    const { pid, host }: Owner = JSON.parse(Deno.readTextFileSync(ownerPathOf(path)));
    return `process ${pid}${host === null ? "" : ` on ${host}`}`;
  } catch {
    // It has just locked the file, or is about to give it up.
    return "another one";
  }
}

function ownerPathOf(path: string): string {
  return path.replace(/\.jsonl$/, ".lock");
}

function hostName(): string | null {
  const { state } = Deno.permissions.querySync({ name: "sys", kind: "hostname" });
  return state === "granted" ? Deno.hostname() : null;
}
