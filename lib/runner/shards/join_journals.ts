import { join } from "node:path";
import { ifThere } from "../../files/if_there.ts";
import { writeFileWhole } from "../../files/write_file_whole.ts";
import { LOCAL } from "../../report/files/result_files.ts";

/** The parts of a joined journal. */
export interface JournalParts {
  /** Folders of results whose journals are concatenated. */
  readonly folders: readonly string[];
  /** Lines after them. */
  readonly end: string;
}

/**
 * Writes one journal from those of several folders: since headers may repeat, the concatenated bytes are a journal.
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
    // A shard can be merged without its journal; a later run then repeats its trials.
    if (journal === null) continue;
    for (let count = await journal.read(buffer); count !== null; count = await journal.read(buffer)) {
      yield buffer.subarray(0, count);
    }
  }
  yield new TextEncoder().encode(end);
}
