/** The folder of the checkout, with a slash at its end. */
export const ROOT = new URL("../../", import.meta.url).pathname;

/** Deno's flag for the lock file with the packages of every command and test. */
export const LOCK = `--lock=${ROOT}lib/deno.lock`;

/** Returns the paths of all test files below `tests`, sorted, relative to the checkout. */
export function testFiles(): readonly string[] {
  return [...walk("tests")].filter((path) => path.endsWith("_test.ts")).sort();
}

function* walk(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(`${ROOT}${folder}`)) {
    const path = `${folder}/${name}`;
    if (path === "tests/golden/fixtures") continue;
    if (isDirectory) yield* walk(path);
    else yield path;
  }
}
