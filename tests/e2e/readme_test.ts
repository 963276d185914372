import { assertEquals, assertLessOrEqual, assertStringIncludes } from "@std/assert";
import { loadExperiment } from "../../lib/runner/plan/load_experiment.ts";
import { runExperiment } from "../../lib/runner/run/run_experiment.ts";

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

Deno.test("README.md is a page, shows no permission and names the Deno that is pinned", async () => {
  assertLessOrEqual(README.split("\n").length - 1, 150);
  assertEquals(README.match(/--(?:allow|deny)-[a-z]+/g), null);
  const [, pinned] = (await Deno.readTextFile(new URL(".ci/run", ROOT))).match(/^version=(.+)$/m)!;
  const named = [...README.matchAll(/deno@([\d.]+)|Deno (\d[\d.]*\d)/g)].map(([, npm, plain]) =>
    npm ?? plain
  );
  assertEquals(new Set(named), new Set([pinned]));
});
