import { assert, assertEquals, assertMatch } from "@std/assert";
import { openStream } from "../../lib/core/random.ts";
import { startRedis } from "../engine/queue/redis_server.ts";
import { committedFiles, EXPERIMENT } from "../runner/fakes.ts";
import { atWork, finish, isThere, type Workplace } from "./workplace.ts";

const SEED = Deno.env.get("SEEDBED_TEST_SEED") ?? "231";
const FILE = "experiments/blobs_rate.ts";

/** The experiment on a table of a user's own, which other machines do not have. */
const ON_CSV = EXPERIMENT
  .replace("blobs, define", "csvDataset, define")
  .replace(
    /blobs\(\{[^}]*\}\)/,
    'csvDataset({ file: "flowers.csv", label: "kind", classes: ["a", "b"], train: 40, validation: 20, test: 20 })',
  );

async function writeFlowers({ folder }: Workplace): Promise<void> {
  const rows = Array.from({ length: 80 }, (_, i) => `${i % 7},${(i * i) % 11},${i % 2 === 0 ? "a" : "b"}`);
  await Deno.writeTextFile(`${folder}/experiments/flowers.csv`, `x,y,kind\n${rows.join("\n")}\n`);
}

/** Ends a worker and returns what it wrote. */
async function stop(worker: Deno.ChildProcess): Promise<string> {
  worker.kill("SIGTERM");
  const { code, error } = await finish(worker);
  assertEquals(code, 0, error);
  return error;
}

async function countRecords(journal: string): Promise<number> {
  return await isThere(journal) ? (await Deno.readTextFile(journal)).split("\n").length - 1 : 0;
}

function sleep(timeMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, timeMs));
}

/** Returns the text of every file below a folder. */
async function textBelow(folder: string): Promise<string> {
  let text = "";
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    text += isDirectory ? await textBelow(path) : new TextDecoder("latin1").decode(await Deno.readFile(path));
  }
  return text;
}

Deno.test(
  "run --engine bullmq ends in the bytes of a local run, on data that workers get from it, and tells no password",
  atWork(async (place) => {
    await using redis = await startRedis("--requirepass", "hush-hush");
    await writeFlowers(place);
    const { folder, run } = place;
    assertEquals((await run("run", FILE, "--results", "local")).code, 4);
    const queue = place.withEnvironment({ SEEDBED_REDIS_URL: redis.url });
    const elsewhere = place.withEnvironment({ SEEDBED_CACHE: `${folder}/cache/elsewhere` });
    const workers = [
      elsewhere.start("worker", "--redis", redis.url, "--workers", "2"),
      queue.start("worker", "--workers", "1"),
    ];
    const { code, out, error } = await queue.run("run", FILE, "--engine", "bullmq");
    assertEquals(code, 4, error);
    const told = [out, error, ...await Promise.all(workers.map(stop))].join("");
    assertEquals(
      await committedFiles(`${folder}/results/blobs_rate`),
      await committedFiles(`${folder}/local/blobs_rate`),
    );
    assertMatch(error, /validation at epoch \d, on \S+\/\d+$/m);
    assert(!told.includes("hush"), told);
    assert(!(await textBelow(folder)).includes("hush"));
    assertEquals(await redis.keys(), []);
    assert(!await isThere(`${folder}/results/blobs_rate/queue.json`));
  }, { experiment: ON_CSV }),
);

Deno.test(
  `run --engine bullmq ends in the bytes of a local run when it is killed again and again, seed ${SEED}`,
  atWork(async (place) => {
    await using redis = await startRedis();
    const { folder, run } = place;
    const random = openStream(`${SEED}/queue/kills`);
    assertEquals((await run("run", FILE, "--results", "local")).code, 4);
    const queue = place.withEnvironment({ SEEDBED_REDIS_URL: redis.url });
    const worker = queue.start("worker", "--workers", "1");
    const results = `${folder}/results/blobs_rate`;
    for (let kills = 0; kills < 6;) {
      const target = await countRecords(`${results}/journal.jsonl`) + 1 + random.below(8);
      const submitter = queue.start("run", FILE, "--engine", "bullmq");
      let hasEnded = false;
      const ended = finish(submitter).finally(() => hasEnded = true);
      while (!hasEnded && await countRecords(`${results}/journal.jsonl`) < target) await sleep(2);
      await sleep(random.below(30));
      if (!hasEnded) submitter.kill("SIGKILL");
      const { code, error } = await ended;
      assert(code === 137 || code === 4, error);
      if (code === 137) kills++;
      else await Deno.remove(results, { recursive: true });
    }
    assertEquals((await queue.run("run", FILE, "--engine", "bullmq")).code, 4);
    await stop(worker);
    assertEquals(await committedFiles(results), await committedFiles(`${folder}/local/blobs_rate`));
    assertEquals(await redis.keys(), []);
    assert(!await isThere(`${results}/queue.json`));
  }, { experiment: EXPERIMENT.replace("[8]", "[150]").replace("train: 60", "train: 1000") }),
);
