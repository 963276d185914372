import { InputError } from "../../core/check/errors.ts";

/** The version of Deno that Seedbed is tested with. */
export const DENO_VERSION = "2.9.6";

// Deno 2.8 is the first that imports text, which a report does; before 2.7 it cannot lock a journal.
const OLDEST = [2, 8] as const;

/**
 * Returns a note if this is another version of Deno than the one Seedbed is tested with, or null.
 *
 * @throws {InputError} If it is too old.
 */
export function checkDeno(version: string = Deno.version.deno): string | null {
  if (version === DENO_VERSION) return null;
  const [major, minor] = version.split(".").map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    throw new InputError(
      `Cannot run with Deno ${version}: it must be Deno ${
        OLDEST.join(".")
      } or later; Seedbed is tested with ` +
        `${DENO_VERSION}, which npx -y deno@${DENO_VERSION} starts`,
    );
  }
  return `Seedbed is tested with Deno ${DENO_VERSION}, found ${version}`;
}

/** Returns whether Deno starts with flags of V8; a later version may know one of them no more. */
export async function takesV8Flags(
  flags: readonly string[],
  { deno }: { readonly deno: string },
): Promise<boolean> {
  const { success } = await new Deno.Command(deno, {
    args: ["eval", "--no-config", `--v8-flags=${flags.join(",")}`, ""],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).output();
  return success;
}
