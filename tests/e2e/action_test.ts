import { assertEquals, assertStringIncludes } from "@std/assert";
import { SEEDBED_VERSION } from "../../lib/core/facts/seedbed_version.ts";
import { needing } from "../setup/needing.ts";
import { LINKS } from "./linked_project.ts";
import { ownFile } from "../workflows/every_workflow.ts";
import { parseWorkflow, stepsOf } from "../workflows/workflow.ts";
import { EXPERIMENT, writeOwnProject } from "./own_project.ts";

const [{ run: SCRIPT }] = stepsOf(parseWorkflow(ownFile("action.yml"))).slice(-1);

const CHECKS = "action.yml checks another project with the Seedbed and the packages of its own import map";

Deno.test(needing("bash", CHECKS), async () => {
  const folder = await Deno.makeTempDir();
  let env: Record<string, string> = {
    FILES: "",
    FLAGS: "",
    JUNIT: "junit.xml",
    COMMENT: "",
    KEEP: "",
    CI: "",
    NO_COLOR: "1",
  };
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
    const good = await run("bash", ["-e", "-c", SCRIPT!]);
    assertEquals(good.code, 0, good.text);
    assertStringIncludes(await Deno.readTextFile(`${folder}/junit.xml`), "<testsuite");
    const left = [...Deno.readDirSync(folder)].map(({ name }) => name);
    assertEquals(left.filter((name) => ["comment.md", "kept"].includes(name)), []);
    env = { ...env, COMMENT: "comment.md", KEEP: "kept" };
    await Deno.writeTextFile(`${folder}/experiments/tiny.ts`, EXPERIMENT.replace("epochs: 2", "epochs: 1"));
    const bad = await run("bash", ["-e", "-c", SCRIPT!]);
    assertEquals(bad.code, 1, bad.text);
    assertStringIncludes(bad.text, "solver.epochs 2 -> 1");
    assertStringIncludes(await Deno.readTextFile(`${folder}/comment.md`), "solver.epochs 2 -&gt; 1");
    assertEquals((await Deno.stat(`${folder}/kept/tiny/summary.json`)).isFile, true);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
