import { dirname } from "node:path";

/**
 * Writes a file so that a reader, or a machine that loses power, finds the old content or the new, never a part.
 *
 * The folder is made if it is missing.
 */
export async function writeFileWhole(path: string, content: string | Uint8Array): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const folder = dirname(path);
  await Deno.mkdir(folder, { recursive: true });
  const temporary = `${path}.part`;
  {
    using file = await Deno.open(temporary, { write: true, create: true, truncate: true });
    for (let written = 0; written < bytes.length;) written += await file.write(bytes.subarray(written));
    await file.sync();
  }
  await Deno.rename(temporary, path);
  await syncFolder(folder);
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder as a file, and needs no such call.
  if (Deno.build.os === "windows") return;
  using file = await Deno.open(folder);
  await file.sync();
}
