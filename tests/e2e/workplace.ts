import { EXPERIMENT } from "../runner/fakes.ts";

const ROOT = new URL("../../", import.meta.url).pathname;

/** What became of a command. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** A folder in which commands run. */
export interface Workplace {
  readonly folder: string;
  readonly start: (...args: string[]) => Deno.ChildProcess;
  readonly run: (...args: string[]) => Promise<Ran>;
}

/**
 * Runs a test in a folder that holds `experiments/blobs_rate.ts`, with the real command as a subprocess, which has the
 * permissions and flags of its task.
 */
export function atWork(
  test: (place: Workplace) => Promise<void>,
  { experiment = EXPERIMENT }: { readonly experiment?: string } = {},
): () => Promise<void> {
  return async () => {
    const place = await makeWorkplace({ "blobs_rate.ts": experiment });
    try {
      await test(place);
    } finally {
      await Deno.remove(place.folder, { recursive: true });
    }
  };
}

/** Makes a folder that holds files below `experiments`; whoever asked for it removes it. */
export async function makeWorkplace(files: Readonly<Record<string, string>>): Promise<Workplace> {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(`${folder}/experiments`);
  for (const [name, text] of Object.entries(files)) {
    await Deno.writeTextFile(`${folder}/experiments/${name}`, text);
  }
  const start = (...args: string[]) =>
    new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--config",
        `${ROOT}deno.json`,
        "--no-prompt",
        ...taskFlags(args[0], { PLACES: `${folder}/cache` }),
        `${ROOT}lib/cli/main.ts`,
        ...args,
      ],
      cwd: folder,
      env: { NO_COLOR: "1", SEEDBED_CACHE: `${folder}/cache` },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  return { folder, start, run: async (...args) => await finish(start(...args)) };
}

/** Waits for a command to end. */
export async function finish(process: Deno.ChildProcess): Promise<Ran> {
  const { code, stdout, stderr } = await process.output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), error: decoder.decode(stderr) };
}

/** Returns whether there is something at a path. */
export async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Returns the flags of a command's task, with its variables filled in. */
function taskFlags(name: string, { PLACES }: { readonly PLACES: string }): readonly string[] {
  const { tasks } = JSON.parse(Deno.readTextFileSync(`${ROOT}deno.json`));
  const command: string = (tasks[name] ?? tasks.run).command.split(" && ").at(-1);
  const flags = [...command.matchAll(/--(?:allow|v8)-[^ "]+/g)].map(([flag]) =>
    flag.replace("$PLACES", PLACES)
  );
  // The experiment lies outside the project, whose modules it imports by their place.
  return flags.map((flag) => flag.startsWith("--allow-read=") ? `${flag},${ROOT}` : flag);
}
