import { assertEquals } from "@std/assert";
import { shardTrials, writeShard } from "../../../lib/runner/plan/shard.ts";
import { inFolder } from "../../helpers/in_folder.ts";
import { fakePlan } from "../fake_plan.ts";

const PLAN = fakePlan("results/fake", { fields: { grid: { rate: [5, 4, 3, 2, 1] } } });
const { grid } = PLAN;

const idsOf = (index: number, count: number, trials = grid.trials) =>
  shardTrials(trials, { grid, shard: { index, count } }).map(({ id }) => id);

Deno.test("shardTrials() deals trials out by their ids, and returns those of a part in grid order", () => {
  assertEquals([idsOf(1, 2), idsOf(2, 2)], [["5-0", "3-0", "1-0"], ["4-0", "2-0"]]);
  assertEquals(idsOf(3, 7), ["3-0"]);
  assertEquals(idsOf(7, 7), []);
  assertEquals(shardTrials(grid.trials, { grid }), grid.trials);
});

Deno.test("shardTrials() moves no trial when others are left out, or the grid has another order", () => {
  assertEquals(idsOf(2, 2, grid.trials.slice(3)), ["2-0"]);
  const turned = { ...grid, trials: grid.trials.toReversed() };
  const shard = { index: 1, count: 2 };
  assertEquals(shardTrials(turned.trials, { grid: turned, shard }).map(({ id }) => id), [
    "1-0",
    "3-0",
    "5-0",
  ]);
});

Deno.test(
  "writeShard() says which part of which run it is",
  inFolder(async (folder) => {
    await writeShard(fakePlan(folder), { shard: { index: 1, count: 2 }, trials: grid.trials.slice(0, 2) });
    const { lockSha256, ...record } = JSON.parse(await Deno.readTextFile(`${folder}/shard.json`));
    assertEquals(record, {
      format: 1,
      experiment: "fake_question",
      file: "experiments/fake_question.ts",
      overrides: [],
      shard: { index: 1, count: 2 },
      experimentDigest: "e",
      dataDigest: "d",
      numericsVersion: 1,
      trials: ["5-0", "4-0"],
    });
    assertEquals(/^[0-9a-f]{64}$/.test(lockSha256), true, lockSha256);
  }),
);
