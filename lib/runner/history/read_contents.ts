import { LONGEST_TEXT } from "../../files/read_bytes.ts";
import { ByteReader } from "./byte_reader.ts";

/**
 * Yields the texts of contents in git, in the order of their ids, from one process of git; null for one that git does not
 * have, or that is longer than any text.
 *
 * Ending early, as by `break`, ends the process.
 */
export async function* readContents(
  ids: readonly string[],
  { folder }: { readonly folder: string },
): AsyncGenerator<string | null> {
  if (ids.length === 0) return;
  const git = new Deno.Command("git", {
    args: ["cat-file", "--batch"],
    cwd: folder,
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  // It writes before it has read all, so that both must go on at once.
  const asking = ask(git.stdin, ids);
  const reader = new ByteReader(git.stdout);
  try {
    for (const _ of ids) yield await readContent(reader);
  } finally {
    await reader.cancel();
    endProcess(git);
    await asking;
    await git.status;
  }
}

async function ask(stream: WritableStream<Uint8Array>, ids: readonly string[]): Promise<void> {
  const writer = stream.getWriter();
  try {
    await writer.write(new TextEncoder().encode(ids.map((id) => `${id}\n`).join("")));
    await writer.close();
  } catch {
    // The process has ended, and the reader has found the end of its output.
  }
}

function endProcess(process: Deno.ChildProcess): void {
  try {
    process.kill();
  } catch {
    // It has ended already.
  }
}

/** Reads `ID TYPE SIZE`, the bytes and a line end; or a line that says that there are none. */
async function readContent(reader: ByteReader): Promise<string | null> {
  const found = /^\S+ (\w+) (\d+)$/.exec(await reader.line() ?? "");
  if (found === null) return null;
  const [size, isText] = [Number(found[2]), found[1] === "blob" && Number(found[2]) <= LONGEST_TEXT];
  const text = isText ? new TextDecoder().decode(await reader.take(size)) : await reader.skip(size);
  await reader.skip(1);
  return text;
}
