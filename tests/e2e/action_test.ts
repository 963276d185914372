import { assertEquals, assertStringIncludes } from "@std/assert";

const ROOT = new URL("../../", import.meta.url).pathname;

const EXPERIMENT = `import { blobs, defineExperiment } from "@seedbed/seedbed";

export default defineExperiment({
  name: "tiny",
  question: "Does the action run in another project?",
  seed: 1,
  data: blobs({ numClasses: 3, inputDim: 8, spread: 1, train: 60, validation: 20, test: 20 }),
  grid: { learningRate: [0.01] },
  trial: ({ learningRate }) => ({
    model: { hiddenDims: [4] },
    solver: { optimizer: { name: "adam", learningRate }, batchSize: 20, epochs: 2 },
  }),
});
`;

/** Returns the command of the action's last step, as a runner hands it to bash. */
async function actionCommand(): Promise<string> {
  const text = await Deno.readTextFile(`${ROOT}action.yml`);
  return text.slice(text.indexOf("run: >\n") + "run: >\n".length).replaceAll(/\s*\n\s*/g, " ").trim();
}

Deno.test("action.yml checks the experiments of another project", async () => {
  const folder = await Deno.makeTempDir();
  const env = {
    GITHUB_ACTION_PATH: ROOT.replace(/\/$/, ""),
    FILES: "",
    FLAGS: "",
    JUNIT: "junit.xml",
    CI: "",
    NO_COLOR: "1",
  };
  const run = async (command: string, args: readonly string[]) => {
    const output = await new Deno.Command(command, { args: [...args], cwd: folder, env }).output();
    const text = new TextDecoder().decode(output.stdout) + new TextDecoder().decode(output.stderr);
    return { code: output.code, text };
  };
  try {
    await Deno.mkdir(`${folder}/experiments`);
    await Deno.writeTextFile(`${folder}/experiments/tiny.ts`, EXPERIMENT);
    const main = [`--config=${ROOT}deno.json`, "--allow-all", `${ROOT}lib/cli/main.ts`];
    const first = await run(Deno.execPath(), ["run", ...main, "run", "experiments/tiny.ts"]);
    assertEquals(first.code, 0, first.text);
    const action = await actionCommand();
    const good = await run("bash", ["-c", action]);
    assertEquals(good.code, 0, good.text);
    assertStringIncludes(await Deno.readTextFile(`${folder}/junit.xml`), "<testsuite");
    await Deno.writeTextFile(`${folder}/experiments/tiny.ts`, EXPERIMENT.replace("epochs: 2", "epochs: 1"));
    const bad = await run("bash", ["-c", action]);
    assertEquals(bad.code === 0, false, bad.text);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
