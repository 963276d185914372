import { assertEquals, assertStringIncludes } from "@std/assert";
import { cp } from "node:fs/promises";
import { expandGrid } from "../../lib/experiment/points/expand_grid.ts";
import { expandPoints } from "../../lib/experiment/points/expand_points.ts";
import { shardTrials } from "../../lib/runner/plan/shard.ts";
import { fakeExperiment } from "../report/fakes.ts";
import { committedFiles } from "../runner/fakes.ts";
import { needing } from "../setup/needing.ts";
import { changedPaths, FILE, inRepository, type Repository } from "./repository.ts";

const RESULTS = "results/blobs_rate";
const REPORTS = ["history.csv", "report.md", "summary.json", "trials.csv"];

const SHARDS = ".git/shards";

let template: Promise<string> | null = null;

/** Puts the three shards of a run into a repository; they are run once, in the repository of the first test. */
async function addShards(repository: Repository): Promise<void> {
  const source = await (template ??= runShards(repository));
  await cp(source, `${repository.folder}/${SHARDS}`, { recursive: true });
}

async function runShards({ run, folder }: Repository): Promise<string> {
  for (const index of [1, 2, 3]) {
    const ran = await run("run", FILE, "--shard", `${index}/3`, "--results", `${SHARDS}/${index}`);
    assertEquals(ran.code, 0, ran.error);
  }
  const kept = await Deno.makeTempDir();
  addEventListener("unload", () => Deno.removeSync(kept, { recursive: true }));
  await cp(`${folder}/${SHARDS}`, kept, { recursive: true });
  return kept;
}

interface Case {
  readonly what: string;
  readonly change: (repository: Repository) => Promise<void>;
  /** The shards that are given to merge. Default: all. */
  readonly shards?: readonly string[];
  readonly code: number;
  readonly title: string;
  readonly message: string;
}

const twin = async ({ folder }: Repository): Promise<void> => {
  const from = `${folder}/.git/shards/1/blobs_rate`;
  const to = `${folder}/.git/shards/again/blobs_rate`;
  await Deno.mkdir(to, { recursive: true });
  for (const name of ["shard.json", ...REPORTS]) await Deno.copyFile(`${from}/${name}`, `${to}/${name}`);
};

const CASES: readonly Case[] = [
  {
    what: "a shard is missing",
    change: () => Promise.resolve(),
    shards: ["1", "3"],
    code: 6,
    title: "Incomplete run",
    message: "all 3 shards must be present, these are missing: 2/3",
  },
  {
    what: "a shard was stopped before it could say what it ran",
    change: ({ folder }) => Deno.remove(`${folder}/.git/shards/2/blobs_rate/shard.json`),
    code: 6,
    title: "Incomplete run",
    message: "all 3 shards must be present, these are missing: 2/3",
  },
  {
    what: "a shard did not run to its end",
    change: async ({ run, folder }) => {
      await Deno.remove(`${folder}/.git/shards/3`, { recursive: true });
      await run("run", FILE, "--shard", "3/3", "--only", "rate=0.1", "--results", ".git/shards/3");
      await run("run", FILE, "--shard", "1/3", "--only", "rate=0.1", "--fresh", "--results", ".git/shards/1");
    },
    code: 6,
    title: "Incomplete run",
    message: "every trial must have a result, and these have none: ",
  },
  {
    what: "the shards are of another version of the experiment",
    change: ({ edit }) => edit(FILE, { "epochs: 3": "epochs: 4" }),
    code: 6,
    title: "Incomplete run",
    message: "the shards must be of the experiment as it is now, found another experiment in them: ",
  },
  {
    what: "a shard ran on another lock file",
    change: ({ edit }) =>
      edit(".git/shards/2/blobs_rate/shard.json", { '"lockSha256": null': '"lockSha256": "a"' }),
    code: 6,
    title: "Incomplete run",
    message:
      "all shards must be of one run, found another deno.lock in .git/shards/2/blobs_rate: a, and null in " +
      ".git/shards/1/blobs_rate",
  },
  {
    what: "a shard is there twice and differs",
    change: async (repository) => {
      await twin(repository);
      const path = ".git/shards/again/blobs_rate/history.csv";
      const row = (await repository.read(path)).split("\r\n")[2];
      await repository.edit(path, { [row]: row.replace(/[0-9a-f]{64}/, "0".repeat(64)) });
    },
    shards: ["1", "2", "3", "again"],
    code: 1,
    title: "Runs contradict each other",
    message:
      "shard 1/3 is duplicate, in .git/shards/1/blobs_rate and .git/shards/again/blobs_rate, and the two " +
      "differ: rate=",
  },
];

for (const { what, change, shards = ["1", "2", "3"], code, title, message } of CASES) {
  Deno.test(
    needing("git", `merge exits with ${code}, says why and writes nothing when ${what}`),
    inRepository(async (repository) => {
      await addShards(repository);
      await change(repository);
      const dirs = shards.map((name) => `.git/shards/${name}`);
      const ran = await repository.runInCi(
        "merge",
        ...dirs,
        "--results",
        ".git/out",
        "--junit",
        ".git/junit.xml",
      );
      assertEquals(ran.code, code, ran.error);
      assertStringIncludes(ran.out, `  FAIL  ${title}  ${message}`);
      assertStringIncludes(await repository.read(".git/junit.xml"), `${title}: ${message}`);
      assertStringIncludes(ran.summary, `| ${title} |`);
      assertEquals(
        (await Array.fromAsync(Deno.readDir(`${repository.folder}/.git`))).some(({ name }) => name === "out"),
        false,
      );
    }),
  );
}

Deno.test(
  needing(
    "git",
    "merge writes the bytes of one run from its shards, one of them twice, and check takes them",
  ),
  inRepository(async (repository) => {
    const { run, runInCi, read } = repository;
    await addShards(repository);
    await twin(repository);
    const dirs = ["3", "again", "1", "2"].map((name) => `.git/shards/${name}`);
    const merged = await run("merge", ...dirs, "--results", ".git/out", "--junit", ".git/junit.xml");
    assertEquals(merged.code, 0, merged.error);
    assertStringIncludes(await read(".git/junit.xml"), 'tests="4" failures="0" errors="0"');
    assertStringIncludes(merged.summary, "| blobs_rate | 4 the same |");
    assertEquals(
      await committedFiles(`${repository.folder}/.git/out/blobs_rate`),
      await committedFiles(`${repository.folder}/${RESULTS}`),
    );
    assertEquals((await runInCi("check", FILE, "--current", ".git/out")).code, 0);
    // The joined journal is one to go on from: nothing is left to run.
    const again = await run("run", FILE, "--results", ".git/out");
    assertStringIncludes(again.error, "blobs_rate: 4 trials, 4 with a result, 0 to run\n");
    assertEquals(await changedPaths(repository), []);
  }),
);

Deno.test(
  needing("git", "check compares the trials of a shard alone, and keeps it to be merged"),
  inRepository(async (repository) => {
    const { runInCi } = repository;
    for (const index of [1, 2, 3]) {
      const flags = ["--shard", `${index}/3`, "--keep", `.git/kept/${index}`];
      const { code, out } = await runInCi("check", FILE, ...flags);
      assertEquals([code, out.split("\n")[0]], [0, `blobs_rate: ${index === 1 ? 2 : 1} the same`]);
    }
    const dirs = [1, 2, 3].map((index) => `.git/kept/${index}`);
    assertEquals((await runInCi("merge", ...dirs, "--results", ".git/out")).code, 0);
    assertEquals((await runInCi("check", "--current", ".git/out")).code, 0);
    const failing = await runInCi("check", FILE, "--shard", "1/1", "--inject-fault", "1");
    assertEquals(failing.code, 1);
  }),
);

Deno.test(
  needing("git", "run and merge exit with 2 when the command line is wrong"),
  inRepository(async ({ run }) => {
    const cases: readonly (readonly [readonly string[], string])[] = [
      [
        ["run", FILE, "--shard", "1/2"],
        "Cannot use --shard: a part of the results must not take the place of the whole, --results DIR must name " +
        "another folder",
      ],
      [
        ["run", FILE, "--shard", "3/2", "--results", "a"],
        'Cannot read --shard: it must be I/N with I from 1 to N, found "3/2"',
      ],
      [["merge", "a"], "Cannot merge: --results OUT must name the folder that the results go to"],
      [["merge", "a", "--results", "b"], "Cannot merge a: folder not found"],
      [
        ["merge", "results", "--results", "b"],
        "Cannot merge results: it must be the --results DIR of a run with --shard, which has a shard.json below it",
      ],
    ];
    for (const [args, message] of cases) {
      const { code, error } = await run(...args);
      assertEquals([code, error], [2, `error: ${message}\n`]);
    }
  }),
);

Deno.test("shardTrials() deals every trial out once and moves none when an axis is reordered", () => {
  const gridOf = (learningRates: readonly number[]) =>
    expandGrid(
      expandPoints(fakeExperiment({
        grid: { rate: learningRates },
        repeats: 3,
        trial: ({ rate }) => ({
          model: { hiddenDims: [] },
          solver: { optimizer: { name: "sgd", learningRate: Number(rate) }, batchSize: 1, epochs: 1 },
        }),
      })),
      { dataDigest: "d" },
    );
  const grid = gridOf([0.1, 0.2, 0.3, 0.4]);
  const other = gridOf([0.4, 0.2, 0.1, 0.3]);
  const idsOf = (of: typeof grid, index: number) =>
    shardTrials(of.trials, { grid: of, shard: { index, count: 5 } }).map(({ id }) => id).toSorted();
  const shards = [1, 2, 3, 4, 5].map((index) => idsOf(grid, index));
  assertEquals(shards.flat().toSorted(), grid.trials.map(({ id }) => id).toSorted());
  assertEquals(shards.map(({ length }) => length), [3, 3, 2, 2, 2]);
  assertEquals([1, 2, 3, 4, 5].map((index) => idsOf(other, index)), shards);
});
