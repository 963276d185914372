/** Waits until the names in a folder are on the disk, so that a rename outlasts a crash. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder as a file, and keeps renames in a journal of its own.
  if (Deno.build.os === "windows") return;
  try {
    using file = await Deno.open(folder);
    await file.sync();
  } catch (error) {
    // A command that writes one file elsewhere may not open the folder; its name is on the disk a little later then.
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
  }
}
