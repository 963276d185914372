import { InputError } from "../core/check/errors.ts";
import { ifThereSync } from "../files/if_there.ts";
import type { EpochsOf } from "./missing_epoch.ts";
import { type Replay, replayJournal } from "./replay_journal.ts";

/**
 * Reads a journal without locking or changing it, even while a run writes it.
 *
 * @returns Its content, or null if there is no such file.
 * @param options.epochsOf See {@link EpochsOf}.
 * @throws {InputError} If a record is damaged or missing, or the file cannot be read.
 */
export function readJournal(
  path: string,
  { epochsOf }: { readonly epochsOf?: EpochsOf } = {},
): Replay | null {
  return ifThereSync({ action: "read", path }, () => {
    // Opening a pipe would block until there is a writer.
    if (!Deno.statSync(path).isFile) {
      throw new InputError(`Cannot read ${path}: it must be a file, found a folder or a device`);
    }
    return replayJournal(Deno.readFileSync(path), { path, epochsOf });
  });
}
