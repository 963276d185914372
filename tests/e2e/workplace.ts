import { COMMANDS } from "../../lib/cli/args/commands.ts";
import { findCommand, parseCommand } from "../../lib/cli/args/parse_command.ts";
import { planLaunch } from "../../lib/cli/launch/plan_launch.ts";
import { denoArgs } from "../../lib/cli/launch/run_launch.ts";
import { type Surroundings, surroundingsHere } from "../../lib/cli/launch/surroundings.ts";
import { EXPERIMENT } from "../runner/fakes.ts";
import { LAUNCHER, linkProject } from "./linked_project.ts";

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
  /** Starts the very process that the launcher would start, to kill it and nothing else. */
  readonly startAlone: (...args: string[]) => Deno.ChildProcess;
}

/** A folder in which commands run. */
export interface Workplace extends Commands {
  readonly folder: string;
  /** Returns the same commands with more in their environment. */
  readonly withEnvironment: (environment: Readonly<Record<string, string>>) => Commands;
}

/**
 * Runs a test in a folder that holds `experiments/blobs_rate.ts`, with the real command as a subprocess.
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
  await linkProject(folder);
  await Deno.mkdir(`${folder}/experiments`);
  for (const [name, text] of Object.entries(files)) {
    await Deno.writeTextFile(`${folder}/experiments/${name}`, text);
  }
  const withEnvironment = (environment: Readonly<Record<string, string>>): Commands => {
    const env = { NO_COLOR: "1", SEEDBED_CACHE: `${folder}/cache`, ...environment };
    const spawn = (args: readonly string[]) =>
      new Deno.Command(Deno.execPath(), {
        args: [...args],
        cwd: folder,
        env,
        stdin: "null",
        stdout: "piped",
        stderr: "piped",
      }).spawn();
    const start = (...args: string[]) => spawn(["run", "--allow-all", LAUNCHER, ...args]);
    const startAlone = (...args: string[]) => spawn([...argsAlone(args, { folder, env }), ...args]);
    return { start, startAlone, run: async (...args: string[]) => await finish(start(...args)) };
  };
  return { folder, withEnvironment, ...withEnvironment({}) };
}

interface Alone {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Returns Deno's arguments that the launcher would give to a command. */
function argsAlone([name, ...rest]: readonly string[], { folder, env }: Alone): readonly string[] {
  const command = findCommand(COMMANDS, name);
  const surroundings: Surroundings = {
    ...surroundingsHere(),
    folder,
    environment: (variable) => env[variable] ?? Deno.env.get(variable),
  };
  const launch = planLaunch({ command, line: parseCommand(command, rest) }, surroundings);
  return denoArgs(launch, surroundings.seedbed);
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
