import { dirname } from "node:path";

/** How a script ended, and what it wrote. */
export interface RanScript {
  readonly code: number;
  /** Of both streams. */
  readonly text: string;
}

/** Where a script runs. */
export interface ScriptPlace {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Runs a script as a runner of GitHub or GitLab does: bash stops at the first command that fails. */
export async function runScript(script: string, { folder, env }: ScriptPlace): Promise<RanScript> {
  const { code, stdout, stderr } = await new Deno.Command("bash", {
    args: ["-e", "-c", script],
    cwd: folder,
    env: { NO_COLOR: "1", ...env, PATH: `${env.PATH ?? Deno.env.get("PATH")}:${dirname(Deno.execPath())}` },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return { code, text: decoder.decode(stdout) + decoder.decode(stderr) };
}

/** Writes programs into a folder, and returns the PATH on which they come first. */
export async function stubPrograms(
  folder: string,
  programs: Readonly<Record<string, string>>,
): Promise<string> {
  await Deno.mkdir(folder, { recursive: true });
  for (const [name, script] of Object.entries(programs)) {
    await Deno.writeTextFile(`${folder}/${name}`, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  return `${folder}:${Deno.env.get("PATH")}`;
}
