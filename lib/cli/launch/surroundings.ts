import { delimiter, join } from "node:path";
import { hasNative } from "../../experiment/trial/has_native.ts";
import { seedbedRoot } from "../../runner/files/seedbed_place.ts";

/** What a launch depends on besides the command line. */
export interface Surroundings {
  /** The current folder. */
  readonly folder: string;
  readonly os: typeof Deno.build.os;
  /** Returns an environment variable. */
  readonly environment: (name: string) => string | undefined;
  /** URL of Seedbed's root, with a slash at its end. */
  readonly seedbed: URL;
  /** Path of Deno. */
  readonly deno: string;
  /** Returns whether a program can be started by its name. */
  readonly hasProgram: (name: string) => boolean;
  /** Returns whether machine code is the best that there is to compute with. */
  readonly hasNative: () => boolean;
}

/** Returns the surroundings of this process. */
export function surroundingsHere(): Surroundings {
  return {
    folder: Deno.cwd(),
    os: Deno.build.os,
    environment: (name) => Deno.env.get(name),
    seedbed: seedbedRoot(),
    deno: Deno.execPath(),
    hasProgram,
    hasNative,
  };
}

function hasProgram(name: string): boolean {
  const endings = Deno.build.os === "windows" ? [".exe", ".cmd", ".bat", ""] : [""];
  const folders = (Deno.env.get("PATH") ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.some((folder) => endings.some((ending) => isExecutable(join(folder, name + ending))));
}

function isExecutable(path: string): boolean {
  try {
    const { isFile, mode } = Deno.statSync(path);
    return isFile && (mode === null || (mode & 0o111) !== 0);
  } catch {
    return false;
  }
}
