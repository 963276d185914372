import { assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import type { ShardRecord } from "../../../lib/runner/plan/shard.ts";
import { checkShards, findShards, type FoundShard } from "../../../lib/runner/shards/read_shards.ts";
import { inFolder } from "../../helpers/in_folder.ts";
import { fakePlan } from "../fake_plan.ts";

const RECORD: ShardRecord = {
  format: 1,
  experiment: "fake_question",
  file: "experiments/fake_question.ts",
  overrides: [],
  shard: { index: 1, count: 2 },
  experimentDigest: "e",
  dataDigest: "d",
  numericsVersion: 1,
  lockSha256: null,
  trials: ["a"],
};

function shard(index: number, fields: Partial<ShardRecord> = {}): FoundShard {
  return { record: { ...RECORD, shard: { index, count: 2 }, ...fields }, folder: `part${index}` };
}

const PLAN = fakePlan("results/fake");

Deno.test("checkShards() is null when all parts of one run are there, in any order, and more than once", () => {
  assertEquals(checkShards([shard(1), shard(2)], PLAN), null);
  assertEquals(checkShards([shard(2), shard(1), shard(2)], PLAN), null);
});

Deno.test("checkShards() says which part is missing, or what is not of one run", () => {
  const cases: readonly (readonly [shards: readonly FoundShard[], message: string])[] = [
    [[shard(2)], "all 2 shards must be present, these are missing: 1/2"],
    [
      [shard(2, { shard: { index: 2, count: 4 } })],
      "all 4 shards must be present, these are missing: 1/4, 3/4, 4/4",
    ],
    [
      [shard(1), shard(2, { dataDigest: "other" })],
      "all shards must be of one run, found another data in part2: other, and d in part1",
    ],
    [
      [shard(1), shard(2, { lockSha256: "abc" })],
      "all shards must be of one run, found another deno.lock in part2: abc, and null in part1",
    ],
    [
      [shard(1), shard(2, { shard: { index: 2, count: 3 } })],
      "all shards must be of one run, found another number of shards in part2: 3, and 2 in part1",
    ],
    [
      [1, 2].map((index) => shard(index, { experimentDigest: "old" })),
      "the shards must be of the experiment as it is now, found another experiment in them: old, and e in " +
      "experiments/fake_question.ts",
    ],
    [
      [1, 2].map((index) => shard(index, { numericsVersion: 2 })),
      "the shards must be of the experiment as it is now, found another numerics version in them: 2, and 1 in " +
      "experiments/fake_question.ts",
    ],
  ];
  for (const [shards, message] of cases) {
    assertEquals(checkShards(shards, PLAN), { verdict: "incomplete", message });
  }
});

Deno.test(
  "findShards() finds the parts of each experiment in the order of their numbers",
  inFolder(async (folder) => {
    const write = async (dir: string, record: ShardRecord) => {
      await Deno.mkdir(`${folder}/${dir}/${record.experiment}`, { recursive: true });
      await Deno.writeTextFile(`${folder}/${dir}/${record.experiment}/shard.json`, JSON.stringify(record));
    };
    await write("a", { ...RECORD, shard: { index: 2, count: 2 } });
    await write("b", RECORD);
    await write("b", { ...RECORD, experiment: "other" });
    await Deno.mkdir(`${folder}/b/without`);
    const found = await findShards([`${folder}/a`, `${folder}/b`]);
    assertEquals(
      [...found].map(([name, shards]) => [name, ...shards.map((part) => part.folder)]),
      [["fake_question", `${folder}/b/fake_question`, `${folder}/a/fake_question`], [
        "other",
        `${folder}/b/other`,
      ]],
    );
  }),
);

Deno.test(
  "findShards() throws when a folder is not there, or none holds a shard",
  inFolder(async (folder) => {
    const messageOf = async (dirs: readonly string[]) =>
      (await assertRejects(() => findShards(dirs), InputError)).message;
    assertEquals(await messageOf([`${folder}/none`]), `Cannot merge ${folder}/none: folder not found`);
    assertEquals(
      await messageOf([folder, folder]),
      `Cannot merge ${folder}, ${folder}: it must be the --results DIR of a run with --shard, which has a ` +
        "shard.json below it",
    );
  }),
);
