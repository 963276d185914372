import { join, resolve } from "node:path";
import { cacheDir } from "../../files/cache_dir.ts";
import { exists } from "../../files/exists.ts";
import { readIfThere } from "../../files/read_if_there.ts";
import { findProject } from "../files/find_project.ts";

/** How a program ended, and what it wrote. */
export interface ProgramEnd {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Options of {@link runProgram}. */
export interface ProgramOptions {
  /** Path or URL of the launcher for a project that names no Seedbed. */
  readonly launcher: string;
  /** A folder that the command writes. Default: none. */
  readonly writes?: string;
  /** Asks the program to end. Default: never. */
  readonly signal?: AbortSignal;
}

/** Runs a command line of Seedbed in a project, with the Seedbed that the project has or names. */
export async function runProgram(
  root: string,
  { args, ...options }: ProgramOptions & { readonly args: readonly string[] },
): Promise<ProgramEnd> {
  const process = new Deno.Command(Deno.execPath(), {
    args: [...await programArgs(root, options), ...args],
    cwd: root,
    env: { NO_COLOR: "1", ...cacheHere() },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  using _ = endWhenAborted(process, options.signal);
  const { code, stdout, stderr } = await process.output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), error: decoder.decode(stderr).trim() };
}

/** Returns the variable for the cache, whose path may be relative to the current folder. */
function cacheHere(): Readonly<Record<string, string>> {
  const cache = Deno.env.get("SEEDBED_CACHE");
  return cache ? { SEEDBED_CACHE: resolve(cache) } : {};
}

/** A program that has not ended by then is asked a second time, at which a command of Seedbed ends at once. */
const SECOND_SIGNAL_MS = 1000;

function endWhenAborted(process: Deno.ChildProcess, signal: AbortSignal | undefined): Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = () => {
    try {
      process.kill("SIGTERM");
    } catch {
      // It has just ended.
    }
  };
  const onAbort = () => {
    end();
    timer = setTimeout(end, SECOND_SIGNAL_MS);
  };
  if (signal?.aborted) onAbort();
  else signal?.addEventListener("abort", onAbort);
  // This process may end first, such as at a second Ctrl-C.
  addEventListener("unload", end);
  return {
    [Symbol.dispose]() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      removeEventListener("unload", end);
    },
  };
}

/** The name by which a project imports Seedbed. */
const PACKAGE = "@seedbed/seedbed";

/**
 * Returns the arguments that start a project's Seedbed: its launcher, the command of a version without one, or the package that
 * the project names.
 */
async function programArgs(
  root: string,
  { launcher, writes }: ProgramOptions,
): Promise<readonly string[]> {
  const config = ["--config", join(root, "deno.json")];
  const own = join(root, "lib/cli/launch.ts");
  if (await exists(own)) return ["run", ...config, "--allow-all", own];
  const command = join(root, "lib/cli/main.ts");
  if (!await exists(command)) {
    const lazily = ["run", "--quiet", "--allow-all", "--unstable-npm-lazy-caching"];
    return await namesPackage(root) ? [...lazily, `${PACKAGE}/cli`] : ["run", "--allow-all", launcher];
  }
  const cache = resolve(cacheDir());
  const written = writes === undefined ? [] : [writes];
  const permissions = [
    ...[root, cache, ...written].map((path) => `--allow-read=${path}`),
    ...[cache, ...written].map((path) => `--allow-write=${path}`),
    "--allow-env=SEEDBED_CACHE,XDG_CACHE_HOME,HOME,LOCALAPPDATA,NPM_CONFIG_REGISTRY,npm_config_registry",
    "--allow-net=registry.npmjs.org",
    ...writes === undefined ? [] : ["--allow-sys=hostname,systemMemoryInfo"],
  ];
  return ["run", ...config, "--no-prompt", ...permissions, command];
}

async function namesPackage(root: string): Promise<boolean> {
  const text = await readIfThere(findProject(root)?.config ?? join(root, "deno.json"));
  return text !== null && text.includes(`"${PACKAGE}":`);
}
