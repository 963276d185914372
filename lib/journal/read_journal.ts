import { InputError } from "../core/check/errors.ts";
import { fileProblem } from "../files/file_problem.ts";
import type { EpochsOf } from "./missing_epoch.ts";
import { type Replay, replayJournal } from "./replay_journal.ts";

/**
 * Reads a journal without locking or changing it, also while a run writes it.
 *
 * @returns What it says, or null if there is no such file.
 * @param options.epochsOf See {@link EpochsOf}.
 * @throws {InputError} If a record is damaged or missing, or the file cannot be read.
 */
export function readJournal(
  path: string,
  { epochsOf }: { readonly epochsOf?: EpochsOf } = {},
): Replay | null {
  try {
    // A pipe in its place would make the reader wait for a writer.
    if (!Deno.statSync(path).isFile) {
      throw new InputError(`Cannot read ${path}: it must be a file, found a folder or a device`);
    }
    return replayJournal(Deno.readFileSync(path), { path, epochsOf });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw fileProblem(error, { action: "read", path });
  }
}
