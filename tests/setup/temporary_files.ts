import { runProgram } from "./run_program.ts";

/** Where the parts of the suite keep temporary files. */
export interface TemporaryFiles extends Disposable {
  /** Is set in the environment of each part. */
  readonly folder: string;
  /** The words before the command of a part. */
  readonly prefix: readonly string[];
}

/** Gives a command a folder in memory that no other process sees, and that ends with it. */
const IN_MEMORY = [
  "unshare",
  "--mount",
  "sh",
  "-c",
  'mount -t tmpfs -o mode=1777 tests "$TMPDIR" && exec "$@"',
  "sh",
] as const;

/**
 * Makes a folder for temporary files, and removes it with what is left there.
 *
 * A run waits for the disk behind each record of its journal, and tests make some ten thousand of these. Where the
 * system lets this user, as Linux lets root, each part has its folder in memory, where this takes no time.
 */
export async function makeTemporaryFiles({ run = runProgram } = {}): Promise<TemporaryFiles> {
  const folder = Deno.makeTempDirSync();
  const { success } = await run([...IN_MEMORY, "true"], { env: { TMPDIR: folder } });
  return {
    folder,
    prefix: success ? IN_MEMORY : [],
    [Symbol.dispose]() {
      try {
        Deno.removeSync(folder, { recursive: true });
      } catch {
        // A program that has outlived its part still writes there.
      }
    },
  };
}
