import type { Part } from "./run_parts.ts";

/** Which tests run. */
export interface SuiteChoice {
  /** Whether the slow folders are left out. */
  readonly isQuick: boolean;
  /** Every test file of the project. */
  readonly files: readonly string[];
  /** Arguments for `deno test`; those that name something on the disk are what runs, instead of every file. */
  readonly args: readonly string[];
  /** Returns whether a path is there. */
  readonly isThere: (path: string) => boolean;
}

/**
 * Folders whose tests start Seedbed, a browser or Redis as processes of their own, run whole experiments again and
 * again, or wait for threads to be lost: each takes as long as all other folders together.
 */
export const SLOW_FOLDERS = [
  "tests/runner/",
  "tests/e2e/",
  "tests/engine/",
  "tests/publish/",
  "tests/browser/",
] as const;

/** The documentation whose examples are tests. */
const DOCUMENTED = ["mod.ts", "lib"] as const;

/**
 * Returns the parts of the suite that may run at the same time: each file by itself, so that they share no environment
 * and whoever is free takes the next one, those of slow folders first. With arguments there is one part.
 */
export function suiteParts({ isQuick, files, args, isThere }: SuiteChoice): readonly Part[] {
  const isSlow = (path: string) => SLOW_FOLDERS.some((folder) => path.startsWith(folder));
  const chosen = isQuick ? files.filter((path) => !isSlow(path)) : files;
  const documented = ["--doc", ...DOCUMENTED];
  if (args.length > 0) {
    const isPath = (arg: string, i: number) =>
      !arg.startsWith("-") && args[i - 1] !== "--filter" && isThere(arg);
    return [args.some(isPath) ? args : [...args, ...documented, ...chosen]];
  }
  const slow = SLOW_FOLDERS.flatMap((folder) => chosen.filter((path) => path.startsWith(folder)));
  const others = chosen.filter((path) => !isSlow(path));
  return [...[...slow, ...others].map((path) => [path]), documented];
}
