import { assertEquals, assertStringIncludes } from "@std/assert";
import { commands } from "../../lib/cli/commands.ts";
import { loadExperiment } from "../../lib/runner/load_experiment.ts";
import { runExperiment } from "../../lib/runner/run_experiment.ts";

const ROOT = new URL("../../", import.meta.url);
const README = await Deno.readTextFile(new URL("README.md", ROOT));

Deno.test("README.md's first experiment runs as it stands there", async () => {
  const [, code] = README.match(/```ts\n(import [\s\S]*?)```/)!;
  const [, file] = README.match(/Save this as `(experiments\/\w+\.ts)`/)!;
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/experiments`);
    await Deno.writeTextFile(`${folder}/deno.json`, "{}");
    await Deno.writeTextFile(`${folder}/mod.ts`, `export * from "${new URL("mod.ts", ROOT).href}";\n`);
    await Deno.writeTextFile(`${folder}/${file}`, code);
    const { status, summary } = await runExperiment(await loadExperiment(`${folder}/${file}`), {
      workers: 2,
      resultsDir: `${folder}/results`,
      cacheDir: `${folder}/cache`,
      signal: new AbortController().signal,
      clock: () => 0,
      observe: () => {},
    });
    assertEquals(status, "complete");
    assertEquals(summary.counts.done, summary.counts.trials);
    assertStringIncludes(README, `results/${summary.experiment.name}/`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("README.md names every command and every flag of run", () => {
  for (const { name } of commands) assertStringIncludes(README, `\`deno task ${name}`);
  for (const { name, value } of commands.find(({ name }) => name === "run")!.flags) {
    assertStringIncludes(
      README.replaceAll("\\|", "|"),
      `\`--${name}${value === undefined ? "" : ` ${value}`}\``,
    );
  }
});

Deno.test("every task that README.md names is there", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT))) as { tasks: object };
  const named = new Set([...README.matchAll(/(?:deno|deno@[\d.]+) task (\w+)/g)].map(([, task]) => task));
  assertEquals([...named].filter((task) => !Object.hasOwn(tasks, task)), []);
});

Deno.test("README.md shows the digest that every engine is held to", async () => {
  const committed = await Deno.readTextFile(new URL("tests/golden/engines_sha256.txt", ROOT));
  const shown = [...README.matchAll(/\| (?:fused|emulated|as asked) +\| `([0-9a-f]+)` \|/g)].map((
    [, digest],
  ) => digest);
  assertEquals(new Set(shown), new Set([committed.slice(0, 16)]));
});
