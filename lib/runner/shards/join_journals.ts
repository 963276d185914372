import { dirname, join } from "node:path";
import { usingFile } from "../../files/file_problem.ts";
import { LOCAL } from "../../report/files/result_files.ts";

/**
 * Writes one journal from those of several folders: a header may stand in it more than once, so that their bytes,
 * one after the other, are a journal.
 *
 * @param options.end Lines that follow.
 */
export async function joinJournals(
  path: string,
  { folders, end }: { readonly folders: readonly string[]; readonly end: string },
): Promise<void> {
  const part = `${path}.part`;
  await usingFile({ action: "write", path }, async () => {
    await Deno.mkdir(dirname(path), { recursive: true });
    {
      using target = await Deno.open(part, { write: true, create: true, truncate: true });
      for (const folder of folders) await append(target, join(folder, LOCAL.journal.name));
      await target.write(new TextEncoder().encode(end));
      await target.sync();
    }
    await Deno.rename(part, path);
  });
}

async function append(target: Deno.FsFile, path: string): Promise<void> {
  try {
    using source = await Deno.open(path);
    const buffer = new Uint8Array(1 << 20);
    for (let count = await source.read(buffer); count !== null; count = await source.read(buffer)) {
      for (let written = 0; written < count;) written += await target.write(buffer.subarray(written, count));
    }
  } catch (error) {
    // A shard may be merged without its journal; only going on from here then costs its trials again.
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
