import { EXPERIMENT } from "../runner/fakes.ts";

const ROOT = new URL("../../", import.meta.url).pathname;

/** What became of a command. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Commands with an environment. */
export interface Commands {
  readonly start: (...args: string[]) => Deno.ChildProcess;
  readonly run: (...args: string[]) => Promise<Ran>;
}

/** A folder in which commands run. */
export interface Workplace extends Commands {
  readonly folder: string;
  /** Returns the same commands with more in their environment. */
  readonly withEnvironment: (environment: Readonly<Record<string, string>>) => Commands;
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
  const withEnvironment = (environment: Readonly<Record<string, string>>): Commands => {
    const REDIS = "SEEDBED_REDIS_URL" in environment ? redisHost(environment) : "";
    const start = (...args: string[]) =>
      new Deno.Command(Deno.execPath(), {
        args: [
          "run",
          "--config",
          `${ROOT}deno.json`,
          "--no-prompt",
          ...taskFlags(args[0], { PLACES: `${folder}/cache`, REDIS }),
          `${ROOT}lib/cli/main.ts`,
          ...args,
        ],
        cwd: folder,
        env: { NO_COLOR: "1", SEEDBED_CACHE: `${folder}/cache`, ...environment },
        stdin: "null",
        stdout: "piped",
        stderr: "piped",
      }).spawn();
    return { start, run: async (...args: string[]) => await finish(start(...args)) };
  };
  return { folder, withEnvironment, ...withEnvironment({}) };
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
function taskFlags(
  name: string,
  { PLACES, REDIS }: { readonly PLACES: string; readonly REDIS: string },
): readonly string[] {
  const { tasks } = JSON.parse(Deno.readTextFileSync(`${ROOT}deno.json`));
  const command: string = (tasks[name] ?? tasks.run).command.split(" && ").at(-1);
  const flags = [...command.matchAll(/--(?:allow|v8)-[^ "]+/g)].map(([flag]) =>
    flag.replace("$PLACES", PLACES).replace("$REDIS", REDIS)
  );
  // The experiment lies outside the project, whose modules it imports by their place.
  return flags.map((flag) => flag.startsWith("--allow-read=") ? `${flag},${ROOT}` : flag);
}

/** Returns what the task `run` puts in the place of `$REDIS`. */
function redisHost(environment: Readonly<Record<string, string>>): string {
  const { stdout } = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-env=SEEDBED_REDIS_URL", `${ROOT}lib/cli/print_redis_host.ts`],
    env: environment,
  }).outputSync();
  return new TextDecoder().decode(stdout).trim();
}
