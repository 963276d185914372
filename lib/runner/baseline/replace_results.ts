import { join } from "node:path";
import { usingFile } from "../../files/file_problem.ts";
import { readFolder } from "../../files/read_folder.ts";
import { readIfThere } from "../../files/read_if_there.ts";
import { removeIfThere } from "../../files/remove_if_there.ts";
import { writeFileWhole } from "../../files/write_file_whole.ts";
import { setJournalAside } from "../../journal/set_journal_aside.ts";
import { isOptionalFile } from "../../report/files/is_optional_file.ts";
import { COMMITTED, LOCAL } from "../../report/files/result_files.ts";
import type { Plan } from "../plan/plan_run.ts";

const FOLDERS_OF_A_RUN = [LOCAL.weights.name];

/** Moves a run's files, including the journal: an old journal would restore the old bits. */
export async function replaceResults(
  { folder, journalPath, loaded }: Plan,
  { from, entry }: { readonly from: string; readonly entry: string },
): Promise<void> {
  await usingFile({ action: "write", path: folder }, () => Deno.mkdir(folder, { recursive: true }));
  setJournalAside(journalPath);
  for (const name of FOLDERS_OF_A_RUN) await removeIfThere(join(folder, name));
  // A grid with fewer axes has fewer pictures, so that old ones may remain.
  for await (const { name } of readFolder(folder)) {
    if (isOptionalFile(name)) await removeIfThere(join(folder, name));
  }
  await copyInto(from, folder);
  const path = join(folder, COMMITTED.changes.name);
  const before = await readIfThere(path) ?? `# Why the results of ${loaded.experiment.name} changed\n`;
  await writeFileWhole(path, `${before}\n${entry}`);
}

async function copyInto(from: string, to: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) await copyInto(join(from, name), join(to, name));
    else if (!name.endsWith(".lock")) {
      await writeFileWhole(join(to, name), await Deno.readFile(join(from, name)));
    }
  }
}
