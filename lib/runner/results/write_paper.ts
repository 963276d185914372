import { join } from "node:path";
import { writeFileWhole } from "../../files/write_file_whole.ts";
import type { Story } from "../../report/story/story.ts";

/**
 * Writes methods and tables for a paper to a folder, which is made if it is not there.
 *
 * @throws {InputError} If a file cannot be written.
 */
export async function writePaper(folder: string, story: Story): Promise<void> {
  const { paperFiles } = await import("../../report/paper/paper_files.ts");
  for (const [name, text] of paperFiles(story)) await writeFileWhole(join(folder, name), text);
}
