import { fileProblem } from "../core/file_problem.ts";
import { type Replay, replayJournal } from "./replay_journal.ts";

/**
 * Reads a journal without locking or changing it, also while a run writes it.
 *
 * @returns What it says, or null if there is no such file.
 * @throws {InputError} If a record before the last is damaged, or the file cannot be read.
 */
export function readJournal(path: string): Replay | null {
  try {
    return replayJournal(Deno.readFileSync(path), { path });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw fileProblem(error, { action: "read", path });
  }
}
