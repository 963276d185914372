import { type Program, programCommand } from "./program.ts";

/** A program's run from start to end, as seen from outside; times are milliseconds since it was started. */
export interface TimedRun {
  /** When each kind of line first came, by its first word. */
  readonly first: ReadonlyMap<string, number>;
  readonly wallMs: number;
  /** The line that begins with `ended`, without that word. */
  readonly ending: string;
  /** Each line that the program said, in its order. */
  readonly lines: readonly string[];
}

/**
 * Runs a program to its end and notes when it said what.
 *
 * @throws {Error} If it fails, with the end of what it complained of.
 */
export async function timedRun(program: Program): Promise<TimedRun> {
  const start = performance.now();
  const process = programCommand(program, { stdin: "null" }).spawn();
  const complaints = new Response(process.stderr).text();
  const first = new Map<string, number>();
  let text = "";
  for await (const chunk of process.stdout.pipeThrough(new TextDecoderStream())) {
    const at = performance.now() - start;
    text += chunk;
    for (const line of chunk.split("\n")) {
      const [word] = line.split(" ");
      if (!first.has(word)) first.set(word, at);
    }
  }
  const { success } = await process.status;
  const wallMs = performance.now() - start;
  if (!success) {
    throw new Error(
      `Cannot measure ${program.name}: it failed, ${
        (await complaints).trim().split("\n").slice(-3).join(" | ")
      }`,
    );
  }
  const lines = text.split("\n");
  const ending = lines.find((line) => /^ended\b/.test(line)) ?? "";
  return { first, wallMs, ending: ending.slice("ended".length).trim(), lines };
}

/** Returns the milliseconds between two words of a run. */
export function between(run: TimedRun, [from, to]: readonly [string, string]): number {
  return (run.first.get(to) ?? NaN) - (run.first.get(from) ?? NaN);
}
