import { assertEquals, assertStringIncludes } from "@std/assert";
import { SEEDBED_VERSION } from "../../lib/core/facts/seedbed_version.ts";
import { needing } from "../setup/needing.ts";
import { LINKS } from "./linked_project.ts";
import { EXPERIMENT, writeOwnProject } from "./own_project.ts";

const ROOT = new URL("../../", import.meta.url).pathname;

/** Returns the command of the action's last step, as a runner hands it to bash. */
async function actionCommand(): Promise<string> {
  const text = await Deno.readTextFile(`${ROOT}action.yml`);
  const [, command] = text.match(/^ +run: (.+)\n$/m)!;
  return command;
}

const CHECKS = "action.yml checks another project with the Seedbed and the packages of its own import map";

Deno.test(needing("bash", CHECKS), async () => {
  const folder = await Deno.makeTempDir();
  const env = { FILES: "", FLAGS: "", JUNIT: "junit.xml", CI: "", NO_COLOR: "1" };
  const run = async (command: string, args: readonly string[]) => {
    const output = await new Deno.Command(command, { args: [...args], cwd: folder, env }).output();
    const text = new TextDecoder().decode(output.stdout) + new TextDecoder().decode(output.stderr);
    return { code: output.code, text };
  };
  try {
    await writeOwnProject(folder, { version: SEEDBED_VERSION, links: LINKS });
    const first = await run(Deno.execPath(), [
      "run",
      "-A",
      "@seedbed/seedbed/cli",
      "run",
      "experiments/tiny.ts",
    ]);
    assertEquals(first.code, 0, first.text);
    const action = await actionCommand();
    const good = await run("bash", ["-c", action]);
    assertEquals(good.code, 0, good.text);
    assertStringIncludes(await Deno.readTextFile(`${folder}/junit.xml`), "<testsuite");
    await Deno.writeTextFile(`${folder}/experiments/tiny.ts`, EXPERIMENT.replace("epochs: 2", "epochs: 1"));
    const bad = await run("bash", ["-c", action]);
    assertEquals(bad.code, 1, bad.text);
    assertStringIncludes(bad.text, "solver.epochs 2 -> 1");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
