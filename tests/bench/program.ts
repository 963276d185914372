import { programEnvironment } from "./environment.ts";

/** A program that does measured work when told to, in a process of its own. */
export interface Program {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** What its environment has besides that of this process, which loses what changes speed. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A {@link Program} that runs and waits for orders. */
export interface RunningProgram {
  readonly name: string;
  /** What the program said of itself when it was ready: versions, threads, settings. */
  readonly about: string;
  /** Does a work of the program count times and returns the milliseconds of it, by the program's own clock. */
  run(work: string, count: number): Promise<number>;
  /** Asks a question of the program and returns the answer, plain data; null where it does not know the question. */
  ask(question: string, count?: number): Promise<unknown>;
  /** Ends the program. */
  close(): Promise<void>;
}

/**
 * Starts a program that speaks the benchmark's protocol, one line a message.
 *
 * It says `ready ABOUT` once it can be measured; told `WORK COUNT` it answers the milliseconds that took, and told
 * `QUESTION COUNT` JSON. It ends with its input.
 *
 * @throws {Error} If it cannot be started or ends before it is ready, with the end of what it complained of.
 */
export async function startProgram(program: Program): Promise<RunningProgram> {
  const { name } = program;
  const process = programCommand(program, { stdin: "piped" }).spawn();
  const complaints = new Response(process.stderr).text();
  const lines = process.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(splitLines()).getReader();
  const input = process.stdin.getWriter();
  const answer = async (): Promise<string> => {
    const { value, done } = await lines.read();
    if (!done) return value;
    const said = (await complaints).trim().split("\n").slice(-3).join(" | ");
    throw new Error(`Cannot measure ${name}: its program ended, ${said === "" ? "without a word" : said}`);
  };
  // Libraries may greet on the same stream before the program itself speaks.
  let greeting = await answer();
  while (!greeting.startsWith("ready")) greeting = await answer();
  const request = async (word: string, count: number) => {
    await input.write(new TextEncoder().encode(`${word} ${count}\n`));
    return await answer();
  };
  return {
    name,
    about: greeting.slice("ready".length).trim(),
    async run(work, count) {
      const text = await request(work, count);
      const milliseconds = Number(text);
      if (!(milliseconds >= 0)) {
        throw new Error(`Cannot measure ${name}: it must answer a time, found "${text}"`);
      }
      return milliseconds;
    },
    async ask(question, count = 1) {
      return JSON.parse(await request(question, count));
    },
    async close() {
      await input.close().catch(() => {});
      await lines.cancel();
      await process.status;
    },
  };
}

/** Returns the command that starts a program, in an environment without what changes speed. */
export function programCommand(
  { command, args, env }: Program,
  { stdin }: { readonly stdin: "piped" | "null" },
): Deno.Command {
  return new Deno.Command(command, {
    args: [...args],
    env: { ...programEnvironment().kept, ...env },
    clearEnv: true,
    stdin,
    stdout: "piped",
    stderr: "piped",
  });
}

/** Returns a program that runs on one processor only, where the system can do that. */
export function pinned(program: Program, { processor }: { readonly processor: number | null }): Program {
  if (processor === null) return program;
  return {
    ...program,
    command: "taskset",
    args: ["-c", String(processor), program.command, ...program.args],
  };
}

function splitLines(): TransformStream<string, string> {
  let rest = "";
  return new TransformStream({
    transform(chunk, controller) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop()!;
      for (const line of lines) controller.enqueue(line);
    },
    flush(controller) {
      if (rest !== "") controller.enqueue(rest);
    },
  });
}
