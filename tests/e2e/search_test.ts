import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { cp } from "node:fs/promises";
import { startRedis } from "../engine/queue/redis_server.ts";
import { committedFiles, EXPERIMENT } from "../runner/fakes.ts";
import { needing } from "../setup/needing.ts";
import { atWork, finish } from "./workplace.ts";

const FILE = "experiments/blobs_rate.ts";

/** Nine points of two repeats, of which one diverges; three reach epoch 2, and one epoch 4. */
const SEARCH = EXPERIMENT
  .replace("{ blobs, defineExperiment }", "{ blobs, defineExperiment, halving, hyperband }")
  .replace("rate: [0.001, 0.1, 1e30]", "rate: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.5, 0.7, 1e30]")
  .replace("  grid:", "  search: halving({ epochs: [1, 2, 4], keep: 1 / 3 }),\n  grid:")
  .replace("epochs: 2", "epochs: 4");

Deno.test(
  "run, check, why, export and report take a search",
  atWork(async ({ folder, run }) => {
    const dry = await run("run", FILE, "--dry-run");
    assertStringIncludes(dry.out, "search   halving, points: 9 to epoch 1, 3 to epoch 2, 1 to epoch 4\n");
    assertStringIncludes(dry.out, "epochs   18 to the next rung; 28 in the whole search\n");
    const { search, counts } = JSON.parse((await run("run", FILE, "--dry-run", "--json")).out);
    assertEquals([search.epochs, search.brackets[0].points, counts.waits], [28, [9, 3, 1], 0]);
    const ran = await run("run", FILE, "--workers", "2");
    // Two trials diverged.
    assertEquals(ran.code, 4, ran.error);
    assertStringIncludes(ran.error, "next rung: 6 trials to epoch 2\n");
    assertStringIncludes(ran.error, "next rung: 2 trials to epoch 4\n");
    assertMatch(ran.out, /^trials +2 done, 14 stopped, 2 diverged$/m);
    const rows = (await Deno.readTextFile(`${folder}/results/blobs_rate/trials.csv`)).split("\r\n");
    assert(rows[0].endsWith(",reason,stopped_after"));
    const stopped = rows.find((row) => row.includes(",stopped,"))!.split(",")[0];
    const done = rows.find((row) => row.includes(",done,"))!.split(",")[0];
    for (
      const command of [["check"], ["check", "--sample", "6"], ["check", "--shard", "2/3"], [
        "verify",
        "--sample",
        "5",
      ]]
    ) {
      const { code, out, error } = await run(...command, FILE);
      assertEquals(code, 0, out + error);
    }
    assertStringIncludes((await run("why", stopped, FILE)).out, "has a result");
    const out = ["--format", "onnx", "--out", "model.onnx"];
    assertEquals((await run("export", FILE, "--trial", done, ...out)).code, 0);
    const refused = await run("export", FILE, "--trial", stopped, ...out);
    assertEquals([refused.code, refused.error], [
      2,
      `error: Cannot export ${stopped}: it must have trained to its end, found it stopped\n`,
    ]);
  }, { experiment: SEARCH }),
);

Deno.test(
  "shards run a search a rung at a time, and merge says which is next, to the bytes of a single run",
  atWork(async ({ folder, run }) => {
    assertEquals((await run("run", FILE, "--results", "single")).code, 4);
    const nexts: string[] = [];
    for (let round = 1; round <= 3; round++) {
      for (const index of [1, 2, 3]) {
        if (round > 1) await cp(`${folder}/merged`, `${folder}/shard${index}`, { recursive: true });
        const { code, error } = await run(
          ...["run", FILE, "--shard", `${index}/3`, "--results", `shard${index}`],
        );
        assert(code === 0 || code === 4, error);
      }
      const merged = await run("merge", "shard1", "shard2", "shard3", "--results", "merged");
      assertEquals(merged.code, 4, merged.error);
      nexts.push(/^next +(.*)$/m.exec(merged.out)?.[1] ?? "");
    }
    const copy = "copy merged/blobs_rate to the results of each shard, and run the shards again";
    assertEquals(nexts, [
      `the rung of epoch 2 is next, with 6 trials: ${copy}`,
      `the rung of epoch 4 is next, with 2 trials: ${copy}`,
      "",
    ]);
    assertEquals(
      await committedFiles(`${folder}/merged/blobs_rate`),
      await committedFiles(`${folder}/single/blobs_rate`),
    );
    // A shard without its journal cannot be merged, since what decides the rungs is there.
    await Deno.remove(`${folder}/shard2/blobs_rate/journal.jsonl`);
    const without = await run("merge", "shard1", "shard2", "shard3", "--results", "other");
    assertEquals(without.code, 6, without.error);
    assertStringIncludes(
      without.out + without.error,
      "a shard of a search must have its journal, which is not in shard2/blobs_rate",
    );
  }, { experiment: SEARCH }),
);

Deno.test(
  "a search that cannot be is one line with the field",
  atWork(async ({ folder, run }) => {
    const at = "Cannot expand blobs_rate at rate=0.001 hidden=8: ";
    const cases: readonly (readonly [string, string, string])[] = [
      ["epochs: 4", "epochs: 5", `${at}solver.epochs must be the last of search.epochs, which is 4, found 5`],
      [
        "keep: 1 / 3",
        "keep: 2",
        "Cannot declare a halving: keep must be a number above 0 and below 1, found 2",
      ],
      [
        "halving({ epochs: [1, 2, 4], keep: 1 / 3 })",
        "3",
        "Cannot define an experiment: search must be an object, found 3",
      ],
      [
        "halving({ epochs: [1, 2, 4], keep: 1 / 3 })",
        '{ kind: "asha", epochs: [1, 4], keep: 0.5 }',
        'Cannot define an experiment: search.kind must be what halving or hyperband returns, found "asha"',
      ],
      [
        "halving({ epochs: [1, 2, 4], keep: 1 / 3 })",
        "hyperband({ epochs: [4, 2], keep: 1 / 3 })",
        "Cannot declare a hyperband: epochs[1] must be a whole number above the 4 of the rung before, found 2",
      ],
    ];
    for (const [from, to, message] of cases) {
      await Deno.writeTextFile(`${folder}/${FILE}`, SEARCH.replace(from, to));
      const { code, error } = await run("run", FILE, "--dry-run");
      assertEquals(code, 2, error);
      assertStringIncludes(error, message);
      assertEquals(error.trim().split("\n").length, 1, error);
    }
  }, { experiment: SEARCH }),
);

Deno.test(
  needing("redis", "run --engine bullmq runs a search whole, to the bytes of a local run"),
  atWork(async (place) => {
    await using redis = await startRedis();
    const { folder, run } = place;
    assertEquals((await run("run", FILE, "--results", "local")).code, 4);
    const queue = place.withEnvironment({ SEEDBED_REDIS_URL: redis.url });
    const worker = queue.start("worker", "--workers", "2");
    const { code, error } = await queue.run("run", FILE, "--engine", "bullmq");
    assertEquals(code, 4, error);
    worker.kill("SIGTERM");
    assertEquals((await finish(worker)).code, 0);
    assertEquals(
      await committedFiles(`${folder}/results/blobs_rate`),
      await committedFiles(`${folder}/local/blobs_rate`),
    );
    assertEquals(await redis.keys(), []);
  }, { experiment: SEARCH }),
);
