import { join } from "node:path";
import { LOCAL } from "../../report/files/result_files.ts";

/** Interval at which a run updates the modification time of `activity.jsonl`, as its heartbeat. */
export const HEARTBEAT_MS = 2000;

const SILENCE_MS = 5 * HEARTBEAT_MS;

/** What became of the last run in a folder of results; a killed one has no heartbeat any more. */
export type LastRun = "none" | "running" | "ended" | "killed";

/** Enough for the line that ends a run. */
const TAIL_BYTES = 4096;

/** Returns what became of the last run, from the end of `activity.jsonl`; "none" too if it cannot be read. */
export async function readLastRun(folder: string, { nowMs }: { readonly nowMs: number }): Promise<LastRun> {
  try {
    using file = await Deno.open(join(folder, LOCAL.activity.name));
    const { size, mtime, isFile } = await file.stat();
    if (!isFile || size === 0) return "none";
    if (isClosed(await readTail(file, size))) return "ended";
    return isBeating(mtime?.getTime() ?? 0, { nowMs }) ? "running" : "killed";
  } catch (error) {
    // Nothing depends on the file, and a journal beside it shows whether a run left results.
    if (error instanceof Error) return "none";
    throw error;
  }
}

/** Returns whether the last heartbeat is recent, so that the run that made it is in progress. */
export function isBeating(heartbeatMs: number, { nowMs }: { readonly nowMs: number }): boolean {
  // The difference may be negative: the file was copied from elsewhere, or the clock was set back.
  return Math.abs(nowMs - heartbeatMs) <= SILENCE_MS;
}

async function readTail(file: Deno.FsFile, size: number): Promise<string> {
  await file.seek(Math.max(0, size - TAIL_BYTES), Deno.SeekMode.Start);
  const bytes = new Uint8Array(TAIL_BYTES);
  let length = 0;
  for (let read: number | null = 0; read !== null && length < bytes.length; length += read ?? 0) {
    read = await file.read(bytes.subarray(length));
  }
  return new TextDecoder().decode(bytes.subarray(0, length));
}

/** Returns whether a text ends with the line that a run writes when it ends. */
function isClosed(text: string): boolean {
  const last = text.trimEnd().split("\n").at(-1) ?? "";
  try {
    return JSON.parse(last).type === "closed";
  } catch {
    return false;
  }
}
