/** Waits until the names in a folder are on the disk, so that a rename survives a crash. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder as a file, and journals renames itself.
  if (Deno.build.os === "windows") return;
  try {
    using file = await Deno.open(folder);
    await file.sync();
  } catch (error) {
    // A command with permission for one output file may not open its folder; the name then reaches the disk a little
    // later.
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
  }
}
