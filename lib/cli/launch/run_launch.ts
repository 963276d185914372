import { fileURLToPath } from "node:url";
import { codeOfProcess } from "../process/end_on_fault.ts";
import { LAUNCHER_VARIABLE } from "../process/end_with_launcher.ts";
import { ALL, permissionFlags } from "./permissions.ts";
import type { Launch } from "./plan_launch.ts";
import type { Surroundings } from "./surroundings.ts";

/**
 * Starts a command in a process of its own, with this one's terminal and streams, and waits for its end.
 *
 * Signals that ask this process to end are passed on; the command decides when it ends.
 *
 * @param args The command line of Seedbed.
 * @returns Its exit code, or 128 and the number of the signal that ended it.
 */
export async function runLaunch(
  launch: Launch,
  { args, seedbed, deno }: { readonly args: readonly string[] } & Pick<Surroundings, "seedbed" | "deno">,
): Promise<number> {
  const process = new Deno.Command(deno, {
    args: [...denoArgs(launch, seedbed), ...args],
    env: { ...environmentOf(launch), ...launch.environment, [LAUNCHER_VARIABLE]: String(Deno.pid) },
    clearEnv: true,
    stdin: "inherit",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  for (const signal of SIGNALS) Deno.addSignalListener(signal, () => passOn(process, signal));
  const { code } = await process.status;
  return codeOfProcess(code);
}

const SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT", "SIGBREAK"]
  : ["SIGINT", "SIGTERM"];

/** A terminal sends Ctrl-C to both processes, and Windows has no other way to send it. */
function passOn(process: Deno.ChildProcess, signal: Deno.Signal): void {
  if (Deno.build.os === "windows") return;
  try {
    process.kill(signal);
  } catch {
    // It has just ended.
  }
}

/** Returns Deno's arguments, which precede those of Seedbed. */
export function denoArgs(
  { config, lock, isQuiet, permissions, v8Flags }: Launch,
  seedbed: URL,
): readonly string[] {
  const main = new URL("lib/cli/main.ts", seedbed);
  return [
    "run",
    "--no-prompt",
    "--unstable-worker-options",
    // A command fetches the packages that it uses; without this, all of those of the lock file.
    "--unstable-npm-lazy-caching",
    ...isQuiet ? ["--quiet"] : [],
    ...config === null ? ["--no-config"] : ["--config", config],
    ...lock === null ? [] : [`--lock=${lock}`],
    ...v8Flags.length === 0 ? [] : [`--v8-flags=${v8Flags.join(",")}`],
    ...permissionFlags(permissions),
    main.protocol === "file:" ? fileURLToPath(main) : main.href,
  ];
}

/** Deno starts no program for a command of few permissions while one of these is set. */
const LOADER_VARIABLE = /^(?:LD|DYLD)_/;

function environmentOf({ permissions }: Launch): Readonly<Record<string, string>> {
  const variables = Object.entries(Deno.env.toObject());
  const mayStart = permissions !== ALL && permissions.run.length > 0;
  return Object.fromEntries(mayStart ? variables.filter(([name]) => !LOADER_VARIABLE.test(name)) : variables);
}
