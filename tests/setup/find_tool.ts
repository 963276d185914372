import { delimiter, join } from "node:path";
import { cacheDir } from "../../lib/files/cache_dir.ts";
import { type Tool, type ToolName, TOOLS } from "./tools.ts";

/** Where tools are looked for. */
export interface ToolSurroundings {
  /** Returns an environment variable. */
  readonly environment: (name: string) => string | undefined;
  /** Returns whether a path is a program. */
  readonly isProgram: (path: string) => boolean;
  /** Returns whether a Python has a package of a version. */
  readonly hasPackage: (python: string, packageOfTool: NonNullable<Tool["pythonPackage"]>) => boolean;
}

const HERE: ToolSurroundings = {
  environment: (name) => Deno.env.get(name),
  isProgram,
  hasPackage: hasPythonPackage,
};

/** Returns the path of a tool's first program, or null where the tool or a part of it is missing. */
export function findTool(
  name: ToolName,
  { environment, isProgram, hasPackage }: ToolSurroundings = HERE,
): string | null {
  const { programs, variable, pythonPackage } = TOOLS[name];
  const folders = (environment("PATH") ?? "").split(delimiter).filter((folder) => folder !== "");
  const onPath = (names: readonly string[]) =>
    names.flatMap((program) => folders.map((folder) => join(folder, program))).find(isProgram) ?? null;
  const named = variable === undefined ? undefined : environment(variable) || undefined;
  const places = programs.map((names, i) =>
    i > 0 || named === undefined ? onPath(names) : isProgram(named) ? named : null
  );
  if (places.includes(null)) return null;
  return pythonPackage === undefined || hasPackage(places[0]!, pythonPackage) ? places[0] : null;
}

/** Returns the folder for the tests' own copy of a package of Python's. */
export function pythonFolder({ name, version }: NonNullable<Tool["pythonPackage"]>): string {
  return join(cacheDir(), "tests", `${name}-${version}`);
}

/** Returns an environment in which Python finds the packages of the tests besides its own. */
export function pythonEnvironment(): Readonly<Record<string, string>> {
  const own = Object.values(TOOLS).flatMap(({ pythonPackage }) =>
    pythonPackage === undefined ? [] : [pythonFolder(pythonPackage)]
  );
  const others = Deno.env.get("PYTHONPATH");
  return { PYTHONPATH: [...own, ...(others ? [others] : [])].join(delimiter) };
}

function isProgram(path: string): boolean {
  try {
    const { isFile, mode } = Deno.statSync(path);
    return isFile && (mode === null || (mode & 0o111) !== 0);
  } catch {
    return false;
  }
}

function hasPythonPackage(python: string, { name }: NonNullable<Tool["pythonPackage"]>): boolean {
  const { success } = new Deno.Command(python, {
    args: ["-c", `import ${name}`],
    env: pythonEnvironment(),
    stdout: "null",
    stderr: "null",
  }).outputSync();
  return success;
}
