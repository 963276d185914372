import { existsSync } from "../files/exists.ts";
import { usingFileSync } from "../files/file_problem.ts";
import { lockJournal } from "./journal_lock.ts";

/**
 * Renames a journal to the first free of `journal.1.jsonl`, `journal.2.jsonl`, … beside it; deletes nothing.
 *
 * @returns The new path, or null if there was no journal.
 * @throws {InputError} If a run is writing it.
 */
export function setJournalAside(path: string): string | null {
  if (!existsSync(path)) return null;
  const file = usingFileSync(
    { action: "write", path },
    () => Deno.openSync(path, { read: true, write: true }),
  );
  try {
    using _lock = lockJournal(file, path);
  } finally {
    file.close();
  }
  const aside = asidePath(path);
  usingFileSync({ action: "rename", path }, () => Deno.renameSync(path, aside));
  return aside;
}

/** Returns the first free of `journal.1.jsonl`, `journal.2.jsonl`, … beside a journal. */
export function asidePath(path: string): string {
  for (let number = 1;; number++) {
    const aside = path.replace(/\.jsonl$/, `.${number}.jsonl`);
    if (!existsSync(aside)) return aside;
  }
}
