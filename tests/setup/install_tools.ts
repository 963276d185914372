import { pythonFolder } from "./find_tool.ts";
import { type RunProgram, runProgram } from "./run_program.ts";
import { type Tool, type ToolName, TOOLS } from "./tools.ts";

/** Who asks, and how programs are run. */
export interface Installer {
  readonly isRoot: boolean;
  readonly run: RunProgram;
  /** Is told what takes a while. */
  readonly write: (text: string) => void;
}

export const INSTALLER: Installer = {
  isRoot: Deno.build.os !== "windows" && Deno.uid() === 0,
  run: runProgram,
  write: (text) => Deno.stderr.writeSync(new TextEncoder().encode(text)),
};

/** Why a tool could not be installed, by its name. */
export type Problems = ReadonlyMap<ToolName, string>;

// A mirror that does not answer must not hold the tests up, and another apt at work is soon done.
const APT_OPTIONS = [
  "-o",
  "Acquire::http::Timeout=20",
  "-o",
  "Acquire::Retries=1",
  "-o",
  "DPkg::Lock::Timeout=60",
];

/** Returns the words before `apt-get`: none for root, else sudo that never asks. */
export function aptPrefix({ isRoot }: Pick<Installer, "isRoot">): readonly string[] {
  return isRoot ? [] : ["sudo", "-n"];
}

/** Returns the command that fetches the lists of packages. */
export function aptUpdate(prefix: readonly string[]): readonly string[] {
  return [...prefix, "apt-get", ...APT_OPTIONS, "update", "-qq"];
}

/** Returns the command that installs Debian's packages of these tools. */
export function aptInstall(prefix: readonly string[], tools: readonly ToolName[]): readonly string[] {
  const packages = [...new Set(tools.flatMap((name) => TOOLS[name].debian))];
  const command = ["apt-get", ...APT_OPTIONS, "install", "-y", "-qq", "--no-install-recommends", ...packages];
  return [...prefix, "env", "DEBIAN_FRONTEND=noninteractive", ...command];
}

/** Installs tools through apt, as root or with a sudo that does not ask; returns what went wrong. */
export async function installThroughApt(
  tools: readonly ToolName[],
  { isRoot, run, write }: Installer = INSTALLER,
): Promise<Problems> {
  const forAll = (problem: string) => new Map(tools.map((name) => [name, problem]));
  if (tools.length === 0) return new Map();
  if (!(await run(["apt-get", "--version"])).success) return forAll("there is no apt-get");
  const prefix = aptPrefix({ isRoot });
  if (!isRoot && !(await run([...prefix, "true"])).success) return forAll("apt-get needs root");
  write(`installing through apt: ${tools.flatMap((name) => TOOLS[name].debian).join(", ")}\n`);
  // Lists that are there already may do, so that only installing decides.
  await run(aptUpdate(prefix));
  if ((await run(aptInstall(prefix, tools))).success) return new Map();
  const problems = new Map<ToolName, string>();
  for (const name of tools) {
    const { success, error } = await run(aptInstall(prefix, [name]));
    if (!success) problems.set(name, `apt-get: ${lastLine(error)}`);
  }
  return problems;
}

/** Returns the command that installs a package of Python's into the folder of the tests. */
export function pipInstall(wanted: NonNullable<Tool["pythonPackage"]>, folder: string): readonly string[] {
  const options = ["--quiet", "--disable-pip-version-check", "--no-input", "--no-deps", "--target", folder];
  return [...PIP, "install", ...options, `${wanted.name}==${wanted.version}`];
}

const PIP = ["python3", "-m", "pip"];

/** Installs a tool that is a package of Python's, and pip itself through apt; returns what went wrong, or null. */
export async function installThroughPip(
  name: ToolName,
  installer: Installer = INSTALLER,
): Promise<string | null> {
  const { pythonPackage } = TOOLS[name];
  if (pythonPackage === undefined) return null;
  const { run, write } = installer;
  if (!(await run([...PIP, "--version"])).success) {
    const problem = (await installThroughApt([name], installer)).get(name);
    if (problem !== undefined) return `python3 has no pip; ${problem}`;
  }
  write(`installing through pip: ${pythonPackage.name}\n`);
  const { success, error } = await run(pipInstall(pythonPackage, pythonFolder(pythonPackage)));
  return success ? null : `pip: ${lastLine(error)}`;
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1)!;
}
