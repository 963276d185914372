import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../../core/check/errors.ts";
import { SEEDBED_VERSION } from "../../core/facts/seedbed_version.ts";
import { fileProblem } from "../../files/file_problem.ts";
import { realPlace } from "../../runner/files/real_place.ts";
import { seedbedRoot } from "../../runner/files/seedbed_place.ts";
import type { RunCommand } from "../args/command.ts";
import { FLAGS } from "../args/flags.ts";
import { projectFiles } from "./project_files.ts";

/** `init [DIR]`: writes a project of one's own. */
export const initCommand: RunCommand = async (line, terminal) => {
  if (line.operands.length > 1) {
    throw new InputError(
      `Cannot make a project: it must be given one DIR, found ${line.operands.join(" and ")}`,
    );
  }
  const [dir = "."] = line.operands;
  const folder = resolve(dir);
  const files = projectFiles({
    name: basename(folder) || "experiments",
    version: SEEDBED_VERSION,
    checkout: wayToCheckout(folder),
    ci: line.get(FLAGS.ci),
  });
  const kept: string[] = [];
  for (const [path, text] of Object.entries(files)) {
    const isWritten = await writeNew(join(dir, path), text);
    if (!isWritten) kept.push(path);
    else terminal.write(`created  ${join(dir, path)}\n`);
  }
  for (const path of kept) terminal.write(`kept     ${join(dir, path)}, which was there\n`);
  if (kept.includes("deno.json")) {
    terminal.writeError(
      `note: ${join(dir, "deno.json")} must name Seedbed in its imports, and have its tasks\n`,
    );
  }
  const enter = folder === resolve(".") ? "" : `  cd ${/^[\w./-]+$/.test(dir) ? dir : JSON.stringify(dir)}\n`;
  terminal.write(`\nTo run the first experiment:\n${enter}  deno task start\n`);
  return 0;
};

/**
 * Writes a file that is not there, and its folder.
 *
 * @returns Whether it was written.
 * @throws {InputError} If it cannot be.
 */
async function writeNew(path: string, text: string): Promise<boolean> {
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeTextFile(path, text, { createNew: true });
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists && await isThere(path)) return false;
    throw error instanceof Deno.errors.AlreadyExists
      ? new InputError(`Cannot write ${path}: ${dirname(path)} must be a folder, found something else`)
      : fileProblem(error, { action: "write", path });
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch {
    return false;
  }
}

/** Returns the way from a folder to the checkout that this file is in, or null if it is none. */
function wayToCheckout(folder: string): string | null {
  const root = seedbedRoot();
  if (root.protocol !== "file:") return null;
  const checkout = realPlace(fileURLToPath(root));
  return relative(realPlace(folder), checkout).replaceAll("\\", "/") || ".";
}
