import { LOCK } from "./test_files.ts";
import type { Turn } from "./in_turn.ts";
import type { Part, PartOutcome } from "./run_parts.ts";
import type { TemporaryFiles } from "./temporary_files.ts";

/** How a part is run. */
export interface RunPartOptions {
  readonly files: Pick<TemporaryFiles, "folder" | "prefix">;
  /** Ends the part early. */
  readonly signal: AbortSignal;
  /** After this time a part hangs, and is ended. Default: 15 minutes. */
  readonly limitMs?: number;
}

const LIMIT_MS = 15 * 60_000;

/** Runs `deno test` with the arguments of a part, and passes on what it writes. */
export async function runPart(
  part: Part,
  { write, files, signal, limitMs = LIMIT_MS }: RunPartOptions & Pick<Turn, "write">,
): Promise<PartOutcome> {
  const limit = AbortSignal.timeout(limitMs);
  const stop = AbortSignal.any([signal, limit]);
  const [program, ...args] = [
    ...files.prefix,
    Deno.execPath(),
    "test",
    LOCK,
    "--allow-all",
    "--no-check",
    ...part,
  ];
  const process = new Deno.Command(program, {
    args,
    env: { TMPDIR: files.folder },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    // It leads a group of its own, so that what its tests have started can be ended with it.
    detached: true,
  }).spawn();
  const end = () => killGroup(process.pid);
  stop.addEventListener("abort", end);
  const pieces: Uint8Array[] = [];
  const keep = (bytes: Uint8Array) => {
    pieces.push(bytes);
    write(bytes);
  };
  // A program that a test has started may outlive its part and keep the streams open.
  await Promise.allSettled([
    process.stdout.pipeTo(new WritableStream({ write: keep }), { signal: stop }),
    process.stderr.pipeTo(new WritableStream({ write }), { signal: stop }),
  ]);
  const { code } = await process.status;
  stop.removeEventListener("abort", end);
  if (limit.aborted) {
    write(new TextEncoder().encode(`\n${part.join(" ")} was ended after ${limitMs / 1000} s\n`));
  }
  return { part, code, text: await new Blob(pieces as BlobPart[]).text() };
}

function killGroup(leader: number): void {
  try {
    Deno.kill(-leader, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
