import { join } from "node:path";
import { ifThere } from "../../files/if_there.ts";
import { writeFileWhole } from "../../files/write_file_whole.ts";
import { LOCAL } from "../../report/files/result_files.ts";

/** What a joined journal is made of. */
export interface JournalParts {
  /** Folders of results whose journals follow each other. */
  readonly folders: readonly string[];
  /** Lines that follow. */
  readonly end: string;
}

/**
 * Writes one journal from those of several folders: a header may stand in it more than once, so that their bytes,
 * one after the other, are a journal.
 *
 * @throws {InputError} If one of them cannot be read, or the file cannot be written.
 */
export async function joinJournals(path: string, parts: JournalParts): Promise<void> {
  await writeFileWhole(path, bytesOf(parts));
}

async function* bytesOf({ folders, end }: JournalParts): AsyncIterable<Uint8Array> {
  const buffer = new Uint8Array(1 << 20);
  for (const folder of folders) {
    const path = join(folder, LOCAL.journal.name);
    using journal = await ifThere({ action: "read", path }, () => Deno.open(path));
    // A shard may be merged without its journal; only going on from here then costs its trials again.
    if (journal === null) continue;
    for (let count = await journal.read(buffer); count !== null; count = await journal.read(buffer)) {
      yield buffer.subarray(0, count);
    }
  }
  yield new TextEncoder().encode(end);
}
