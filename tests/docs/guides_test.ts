import { assertEquals } from "@std/assert";
import { COMMANDS } from "../../lib/cli/args/commands.ts";
import { projectFiles } from "../../lib/cli/init/project_files.ts";
import { measuresNumbers } from "../../lib/core/facts/metric.ts";
import { resolveModel } from "../../lib/nn/net/resolve_model.ts";
import { resolveAugmentation } from "../../lib/nn/training/augmentation/augmentation_spec.ts";
import { resolveOptimizer, resolveSolver } from "../../lib/nn/training/resolve_solver.ts";
import { resolveSchedule } from "../../lib/nn/training/schedule/resolve_schedule.ts";
import type { ScheduleSpec } from "../../lib/nn/training/schedule/schedule_spec.ts";
import { LOCAL } from "../../lib/report/files/result_files.ts";
import type { Summary } from "../../lib/report/summary/summary.ts";
import { heldOut } from "../../lib/statistics/held_out.ts";
import { meanInterval } from "../../lib/statistics/mean_interval.ts";
import { findOrphans } from "../../lib/runner/check/check_experiment.ts";
import { loadExperiment } from "../../lib/runner/plan/load_experiment.ts";
import { experimentFiles } from "../../lib/runner/results/list_experiments.ts";
import { filesBelow } from "../publish/files_below.ts";
import { GUIDE_TABLES, withTables } from "./guide_tables.ts";

const ROOT = new URL("../../", import.meta.url);
const read = (path: string) => Deno.readTextFile(new URL(path, ROOT));
const WRITING = await read("experiments/README.md");
const RESULTS = await read("results/README.md");

/** The cells of each row of a Markdown text's tables, with the text of code as it is. */
function tableRows(markdown: string): readonly (readonly string[])[] {
  return markdown.split("\n").filter((line) => line.startsWith("|"))
    .map((line) => line.replaceAll("\\|", "\0").split("|").slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim().replaceAll("\0", "|").replaceAll("`", "")));
}

function section(markdown: string, heading: string): string {
  const [, rest] = markdown.split(`\n## ${heading}\n`);
  return rest.split("\n## ")[0];
}

/** The code of `experiments/README.md` as experiment files: a piece that is only `data` gets what it lacks. */
function experimentCode(): readonly { readonly name: string; readonly code: string }[] {
  const blocks = [...WRITING.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);
  return blocks.map((code) => {
    const name = code.match(/name: "(\w+)"/)?.[1];
    if (name !== undefined) return { name, code };
    return {
      name: "own_data",
      code: `import { csvDataset, defineExperiment } from "../mod.ts";

export default defineExperiment({
  name: "own_data",
  question: "Is this a data set?",
  seed: 1,
  ${code}  grid: { width: [4] },
  trial: ({ width }) => ({
    model: { hiddenDims: [width] },
    solver: { optimizer: { name: "sgd", learningRate: 0.1 }, batchSize: 10, epochs: 1 },
  }),
});
`,
    };
  });
}

Deno.test("experiments/README.md's code is right by its types and loads", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/experiments`);
    await Deno.writeTextFile(`${folder}/deno.json`, "{}");
    await Deno.writeTextFile(`${folder}/mod.ts`, `export * from "${new URL("mod.ts", ROOT).href}";\n`);
    const files: string[] = [];
    for (const { name, code } of experimentCode()) {
      files.push(`${folder}/experiments/${name}.ts`);
      await Deno.writeTextFile(`${folder}/experiments/${name}.ts`, code);
    }
    const config = new URL("deno.json", ROOT).pathname;
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["check", "--quiet", "--no-lock", `--config=${config}`, ...files],
    }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    const loaded = await Promise.all(files.map((file) => loadExperiment(file)));
    assertEquals(loaded.map(({ experiment }) => experiment.data.kind), [
      ...["mnist", "mnist", "mnist", "mnist", "mnist", "mnist", "table", "table", "csv", "mnist", "cifar10"],
    ]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

for (const [path, tables] of Object.entries(GUIDE_TABLES)) {
  Deno.test(`${path} has the tables of the code; deno run -A tests/docs/write_tables.ts writes them`, async () => {
    const guide = await read(path);
    assertEquals(guide, withTables(guide, tables));
  });
}

Deno.test("deno.json describes each command as the help does", async () => {
  const { tasks } = JSON.parse(await read("deno.json")) as {
    readonly tasks: Readonly<Record<string, { readonly description: string }>>;
  };
  const shown = COMMANDS.map(({ name }) => [name, tasks[name].description]);
  assertEquals(shown, COMMANDS.map(({ name, about }) => [name, about]));
});

Deno.test("git leaves out the local files of results, here and in a new project", async () => {
  const names = Object.entries(LOCAL).filter(([key]) => key !== "shard")
    .map(([, { name }]) => `/results/*/${name}`);
  const folders = [LOCAL.weights.name, LOCAL.checkpoints.name];
  const expected = names.map((path) => folders.some((name) => path.endsWith(`/${name}`)) ? `${path}/` : path);
  const project = projectFiles({ name: "new", version: "1.0.0", checkout: null, ci: "none" });
  for (const text of [await read(".gitignore"), project[".gitignore"]]) {
    const shown = text.split("\n").filter((line) => line.startsWith("/results/"));
    assertEquals(shown.toSorted(), [...expected, "/results/*/*.part"].toSorted());
  }
});

Deno.test("experiments/README.md shows each optimizer with its defaults", () => {
  const names = ["sgd", "momentum", "rmsprop", "adam", "adamw"] as const;
  const all = tableRows(section(WRITING, "Nets and solvers")).filter(([name]) => /^"\w+"$/.test(name));
  const shown = all.slice(0, names.length);
  assertEquals(shown.map(([name]) => name), names.map((name) => `"${name}"`));
  for (const [name, settings] of shown) {
    const optimizer = { name: JSON.parse(name), learningRate: 1 };
    const { name: _, learningRate: __, ...defaults } = resolveOptimizer(optimizer, { action: "test" });
    const inherited = settings.startsWith('as "adam"') ? { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } : {};
    const pairs = [...settings.matchAll(/(\w+) ([\d.e-]+|false)/g)].map(([, field, value]) =>
      [field, JSON.parse(value)] as const
    );
    assertEquals({ ...inherited, ...Object.fromEntries(pairs) }, defaults);
  }
});

Deno.test("experiments/README.md shows each schedule with its defaults", () => {
  const schedules: readonly ScheduleSpec[] = [
    { name: "constant", warmupEpochs: 1 },
    { name: "exponential", decay: 0.9, per: "step" },
    { name: "step", factor: 0.9, every: 1 },
    { name: "cosine" },
    { name: "plateau", factor: 0.9, patience: 1 },
  ];
  const rows = tableRows(section(WRITING, "Nets and solvers"));
  for (const spec of schedules) {
    const [, settings] = rows.find(([name]) => name === JSON.stringify(spec.name))!;
    const options = { action: "test", learningRate: 1, lrDecay: 1 };
    const { schedule } = resolveSchedule(spec, options);
    const { name: _, ...all } = schedule!;
    const cells = settings.split(/, | or /).map((text) => text.split(" "));
    const fields = spec.name === "step" ? [...Object.keys(all), "milestones"] : Object.keys(all);
    assertEquals(cells.map(([field]) => field).toSorted(), fields.toSorted(), spec.name);
    for (const [field, value] of Object.entries(all)) {
      if (Object.hasOwn(spec, field)) continue;
      assertEquals(
        cells.find(([name]) => name === field)![1],
        JSON.stringify(value),
        `${spec.name} ${field}`,
      );
    }
  }
});

Deno.test("experiments/README.md shows the fields of nets and solvers with their defaults", () => {
  const action = "test";
  const optimizer = { name: "sgd", learningRate: 1 } as const;
  const solver = resolveSolver({ optimizer, batchSize: 1, epochs: 1 }, { action });
  // A model whose activations are all ReLU leaves them out.
  const defaults = { activation: "relu", ...resolveModel({ hiddenDims: [] }, { action }), ...solver };
  const all = tableRows(section(WRITING, "Nets and solvers")).filter((cells) => cells.length === 3)
    .filter(([field]) => /^\w+$/.test(field));
  // These take part in an id only if they are given, and are not the default.
  assertEquals(
    all.filter(([field]) => !Object.hasOwn(defaults, field)).map(([field, , shown]) => [field, shown]),
    [
      ["regL1", "none"],
      ["inputDropoutKeepRatio", "none"],
      ["bias", "true"],
      ["residual", "false"],
      ["schedule", "none"],
      ["clip", "none"],
      ["averaging", "none"],
      ["lastBatch", '"drop"'],
      ["patience", "none"],
      ["loss", "none"],
      ["augmentation", "none"],
    ],
  );
  const rows = all.filter(([field]) => Object.hasOwn(defaults, field));
  assertEquals(rows.map(([field]) => field).toSorted(), Object.keys(defaults).toSorted());
  const required = ["hiddenDims", "optimizer", "batchSize", "epochs"];
  assertEquals(rows.filter(([, , shown]) => shown === "required").map(([field]) => field), required);
  const shown = rows.filter(([field]) => !required.includes(field)).map(([field, , shown]) =>
    [field, JSON.parse(shown)] as const
  );
  const optional = Object.entries(defaults).filter(([field]) => !required.includes(field));
  assertEquals(Object.fromEntries(shown), Object.fromEntries(optional));
});

Deno.test("experiments/README.md shows each augmentation with its field", () => {
  const rows = tableRows(section(WRITING, "Nets and solvers"));
  const shown = rows.filter(([, text, more]) => more === undefined && /^(\{ \w+: \d+ \}|true) /.test(text));
  const given = shown.map(([name, text]) => {
    const [, field, value] = text.match(/^\{ (\w+): (\d+) \}/) ?? [];
    return [name, field === undefined ? true : { [field]: Number(value) }];
  });
  const augmentation = { crop: { padding: 4 }, flip: true, cutout: { size: 8 } } as const;
  assertEquals(Object.fromEntries(given), augmentation);
  assertEquals(resolveAugmentation(augmentation, { action: "test" }), augmentation);
});

Deno.test("experiments/README.md shows the committed accuracies of every experiment", async () => {
  const files = (await Array.fromAsync(filesBelow(new URL("experiments", ROOT).pathname)))
    .filter((path) => /^\/[^_/]+\w*\.ts$/.test(path)).map((path) => path.slice(1));
  const percent = (fraction: number) => `${(fraction * 100).toFixed(1)} %`;
  const expected = await Promise.all(files.map(async (file) => {
    const { winner, experiment } = JSON.parse(
      await read(`results/${file.replace(/\.ts$/, "")}/summary.json`),
    ) as Summary;
    return [
      file,
      ...(measuresNumbers(experiment)
        ? [winner!.metrics!.validationRmse!, winner!.testMetrics!.testRmse!]
        : [winner!.validationAccuracy!, winner!.testAccuracy!]).map(({ values, folds }) => {
          const text = measuresNumbers(experiment) ? (value: number) => value.toPrecision(3) : percent;
          const { mean, halfWidth } = meanInterval(values, heldOut({ folds }))!;
          return halfWidth === null ? text(mean) : `${text(mean)} ± ${text(halfWidth)}`;
        }),
    ];
  }));
  const shown = tableRows(section(WRITING, "The experiments of this repository"))
    .filter(([file]) => file.endsWith(".ts")).map(([file, , ...accuracies]) => [file, ...accuracies]);
  assertEquals(shown.toSorted(), expected.toSorted());
});

Deno.test("results/README.md names every file that git keeps or leaves out of an experiment's results", async () => {
  const ignored = [...(await read(".gitignore")).matchAll(/^\/results\/\*\/(\S+)$/gm)].map(([, name]) => name)
    .filter((name) => name !== "*.part");
  const kept = new Set<string>();
  for await (const path of filesBelow(new URL("results", ROOT).pathname)) {
    const [, , name] = path.split("/");
    if (name !== undefined && /^(figure_\w+\.(svg|png)|[\w.]+\.(html|md|csv|json))$/.test(name)) {
      kept.add(name);
    }
  }
  const isIgnored = (name: string) => ignored.includes(name);
  const committed = [...kept].filter((name) => !isIgnored(name))
    .map((name) => name.replace(/^figure_\w+/, "figure_*"));
  const named = tableRows(RESULTS).map(([name]) => name);
  assertEquals([...new Set([...committed, ...ignored])].filter((name) => !named.includes(name)), []);
});

Deno.test("experimentFiles() and findOrphans() pass over the guides of their folders", async () => {
  const [experimentsDir, resultsDir] = ["experiments", "results"].map((name) => new URL(name, ROOT).pathname);
  const files = await experimentFiles(experimentsDir);
  assertEquals(files.length, 11);
  assertEquals(files.filter((file) => !file.endsWith(".ts")), []);
  assertEquals(await findOrphans({ experimentsDir, resultsDir }), []);
});

Deno.test("ARCHITECTURE.md names for each decision a test that is there", async () => {
  const decisions = section(await read("ARCHITECTURE.md"), "Decisions, by folder").split(/\n(?=- )/).slice(1);
  const tests = decisions.map((text) => text.split("\n\n")[0].replace(/\s+/g, " "))
    .map((text) => [text.slice(0, 60), text.match(/ Tests?: `(tests\/[\w/]+_test\.ts)`\.$/)?.[1] ?? ""]);
  const isThere = (path: string) => path !== "" && Deno.statSync(new URL(path, ROOT)).isFile;
  assertEquals(tests.filter(([, path]) => !isThere(path)), []);
  assertEquals(tests.length > 40, true, `${tests.length} decisions were found`);
});

Deno.test("ARCHITECTURE.md shows the digest that every engine is held to", async () => {
  const committed = await read("tests/golden/engines_sha256.txt");
  const rows = tableRows(await read("ARCHITECTURE.md")).filter((cells) => cells.length === 4);
  const shown = rows.map(([, , , digest]) => digest).filter((digest) => /^[0-9a-f]{16}$/.test(digest));
  assertEquals(shown.length, 12);
  assertEquals(new Set(shown), new Set([committed.slice(0, 16)]));
});

Deno.test("every task that a guide names is there", async () => {
  const { tasks } = JSON.parse(await read("deno.json")) as { readonly tasks: object };
  const wrong: string[] = [];
  for await (const path of filesBelow(ROOT.pathname.slice(0, -1))) {
    if (!path.endsWith(".md") || /^\/(\.git|docs|node_modules)\/|^\/results\/\w+\//.test(path)) continue;
    const named = (await read(path.slice(1))).matchAll(/\bdeno(?:@[\d.]+)? task ([a-z][\w:]*)/g);
    wrong.push(
      ...[...named].filter(([, task]) => !Object.hasOwn(tasks, task)).map(([task]) => `${path}: ${task}`),
    );
  }
  assertEquals(wrong, []);
});
