import { pythonEnvironment } from "../setup/find_tool.ts";

const SCRIPT = new URL("read_safetensors.py", import.meta.url).pathname;

async function python(...args: string[]): Promise<string> {
  const { stdout } = await new Deno.Command("python3", { args, env: pythonEnvironment(), stderr: "null" })
    .output();
  return new TextDecoder().decode(stdout);
}

/** One that is written from the specification, and the reference implementation; each with the tool that it needs. */
export const READERS = [["strict", "python3"], ["safetensors", "safetensors"]] as const;

/** Returns what a reader of Python's finds in each file, null for one that it refuses. */
export async function readByPython(
  reader: string,
  files: readonly Uint8Array[],
): Promise<readonly unknown[]> {
  const folder = await Deno.makeTempDir();
  try {
    const paths = files.map((_, i) => `${folder}/${i}`);
    for (const [i, path] of paths.entries()) await Deno.writeFile(path, files[i]);
    return JSON.parse(await python(SCRIPT, reader, ...paths));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
