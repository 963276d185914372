import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { EXPERIMENT } from "../runner/fakes.ts";
import { atWork } from "./workplace.ts";

const FILE = "experiments/blobs_rate.ts";

/** Two points of folds of a table, whose rows are of six people. */
const GROUPED = EXPERIMENT.replace("import { blobs,", "import { csvDataset,").replace(
  "blobs({ numClasses: 3, inputDim: 4, spread: 0.4, train: 60, validation: 20, test: 20 })",
  'csvDataset({ file: "people.csv", label: "y", classes: ["a", "b"], train: 30, validation: 10, test: 8, ' +
    'folds: 3, groups: "who" })',
).replace("[0.001, 0.1, 1e30]", "[0.01, 0.1]").replace("batchSize: 20", "batchSize: 10");

const ROWS = Array.from(
  { length: 48 },
  (_, row) => `p${Math.floor(row / 8)},${(row * 7) % 13 - 6 + (row % 2) * 4},${row % 2 ? "a" : "b"}`,
);

Deno.test(
  "run, check, verify, why, shards and predict take folds by groups, and say so in table and report",
  atWork(async ({ folder, run }) => {
    await Deno.writeTextFile(`${folder}/experiments/people.csv`, ["who,x,y", ...ROWS, ""].join("\n"));
    const dry = await run("run", FILE, "--dry-run");
    assertStringIncludes(dry.out, "folds    3 each\ntrials   12, all to run");
    const ran = await run("run", FILE, "--workers", "2");
    assertEquals(ran.code, 0, ran.error);
    assertStringIncludes(ran.out, "(95 % interval of the mean of 2 repeats of 3 folds)");
    const report = await Deno.readTextFile(`${folder}/results/blobs_rate/report.md`);
    assertStringIncludes(
      report,
      "40 training and validation rows in 3 folds of whole groups, and 8 test rows",
    );
    assertMatch(
      report,
      /test split: (\d) of its \1 groups have rows in the folds too: the test accuracy is not /,
    );
    for (const command of [["check"], ["verify", "--sample", "3", "--seed", "1"], ["verify"]]) {
      const { code, out, error } = await run(...command, FILE);
      assertEquals(code, 0, out + error);
    }
    const [, first] = (await Deno.readTextFile(`${folder}/results/blobs_rate/trials.csv`)).split("\r\n");
    const why = await run("why", first.slice(0, 16), FILE);
    assertStringIncludes(why.out, "rate=0.01, hidden=8 (fold 0), has a result and will not run");
    const trace = await run("trace", FILE, "--trial", first.slice(0, 16), "--epoch", "1");
    assertEquals(trace.code, 0, trace.error);
    for (const index of [1, 2]) {
      const shard = await run("run", FILE, "--shard", `${index}/2`, "--results", `shards/${index}`);
      assertEquals(shard.code, 0, shard.error);
    }
    const merged = await run("merge", "shards/1", "shards/2", "--results", "merged");
    assertEquals(merged.code, 0, merged.error + merged.out);
    for (const name of ["trials.csv", "history.csv", "summary.json", "report.md"]) {
      const read = (from: string) => Deno.readTextFile(`${folder}/${from}/blobs_rate/${name}`);
      assertEquals(await read("merged"), await read("results"));
    }
    const exported = await run("export", FILE, "--format", "safetensors", "--out", "m.safetensors");
    assertEquals(exported.code, 0, exported.error);
    assertStringIncludes(
      exported.error,
      "is that of 3 nets together, one for each fold, of which this is one",
    );
    const predicted = await run("predict", "m.safetensors", "experiments/people.csv");
    assertEquals([predicted.code, predicted.out.split("\n").length > 48], [0, true]);
    // Other folds are other data.
    const other = await run(
      "run",
      FILE,
      "--set",
      "data.folds=2",
      "--results",
      "other",
      "--dry-run",
      "--json",
    );
    const ids = JSON.parse(other.out).trials.map(({ id }: { id: string }) => id);
    const trials = await Deno.readTextFile(`${folder}/results/blobs_rate/trials.csv`);
    assert(ids.every((id: string) => !trials.includes(id)));
  }, { experiment: GROUPED }),
);

/** What replaces a part of the declaration, and what it says then, before or after the data are read. */
const WRONG: readonly (readonly [part: string, other: string, message: string])[] = [
  ["folds: 3", "folds: 1", "Cannot use data: data.folds must be a whole number from 2 on, found 1"],
  ["folds: 3", "folds: 2.5", "Cannot use data: data.folds must be a whole number from 2 on, found 2.5"],
  [
    "folds: 3",
    "folds: 41",
    "Cannot use data: data.folds must be at most data.train + data.validation, which is 40, found 41",
  ],
  [
    "folds: 3",
    "folds: 7",
    "Cannot use data: data.folds must be at most the groups of the training and validation rows, 6, found 7",
  ],
  [
    'folds: 3, groups: "who"',
    'folds: 30, label: "y"',
    "Cannot use data: data.folds must be at most the training and validation rows of the rarest class, ",
  ],
  ["folds: 3, ", "", "Cannot use data: data.groups must be given with data.folds, found no folds"],
  [
    'groups: "who"',
    'groups: "y"',
    'Cannot use data: data.groups must name another column than data.label, found "y" for both',
  ],
  [
    'groups: "who"',
    'groups: "whom"',
    'Cannot read data: people.csv line 1: a column must be the groups "whom", found "who", "x", "y"',
  ],
  ['groups: "who"', "groups: 3", "Cannot use data: data.groups must be a text that is not empty, found 3"],
  [
    "batchSize: 10",
    "batchSize: 27",
    "Cannot expand blobs_rate at rate=0.01 hidden=8: solver.batchSize must be at most the training rows of each of the " +
    "3 folds, which are 26 in the smallest, found 27",
  ],
];

Deno.test(
  "run says what is wrong with folds in one line",
  atWork(async ({ folder, run }) => {
    // The table has a column of texts, which is no feature where it is no group.
    const text = ["who,x,y", ...ROWS.map((row) => row.replace("p", "")), ""].join("\n");
    await Deno.writeTextFile(`${folder}/experiments/people.csv`, text);
    for (const [part, other, message] of WRONG) {
      await Deno.writeTextFile(`${folder}/${FILE}`, GROUPED.replace(part, other));
      const { code, error } = await run("run", FILE);
      const lines = error.trim().split("\n").filter((line) => line.startsWith("error: "));
      assertEquals([code, lines.length], [2, 1], error);
      assertStringIncludes(lines[0], message);
    }
  }, { experiment: GROUPED }),
);
