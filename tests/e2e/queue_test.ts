import { assert, assertEquals, assertMatch } from "@std/assert";
import { openStream } from "../../lib/core/numbers/random.ts";
import { freePort, startRedis } from "../engine/queue/redis_server.ts";
import { countRecords } from "../helpers/count_records.ts";
import { sleep } from "../helpers/sleep.ts";
import { committedFiles, EXPERIMENT } from "../runner/fakes.ts";
import { needing } from "../setup/needing.ts";
import { atWork, finish, isThere, type Workplace } from "./workplace.ts";

const SEED = Deno.env.get("SEEDBED_TEST_SEED") ?? "231";
const FILE = "experiments/blobs_rate.ts";

/** The experiment on two splits of a table of a user's own, which other machines do not have. */
const ON_CSV = EXPERIMENT
  .replace("blobs, define", "csvDataset, define")
  .replace("hidden: [8] }", "hidden: [8], seed: [0, 5] }")
  .replace(
    /blobs\(\{[^}]*\}\)/,
    '({ seed }) => csvDataset({ file: "flowers.csv", label: "kind", classes: ["a", "b"], train: 40, ' +
      "validation: 20, test: 20, seed })",
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
  needing(
    "redis",
    "run --engine bullmq ends in the bytes of a local run, on data that workers get from it, and shows no password",
  ),
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
    assertMatch(error, /validation at epoch \d, on \S+\/\d+: \w/m);
    assert(!told.includes("hush"), told);
    assert(!(await textBelow(folder)).includes("hush"));
    assertEquals(await redis.keys(), []);
    assert(!await isThere(`${folder}/results/blobs_rate/queue.json`));
  }, { experiment: ON_CSV }),
);

Deno.test(
  needing(
    "redis",
    `run --engine bullmq ends in the bytes of a local run when it is killed again and again, seed ${SEED}`,
  ),
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
      const submitter = queue.startAlone("run", FILE, "--engine", "bullmq");
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

/** Makes a certificate of an authority, and one of localhost that it has signed. */
async function makeCertificates(folder: string): Promise<void> {
  const openssl = async (...args: readonly string[]) => {
    const { success, stderr } = await new Deno.Command("openssl", { args: [...args], cwd: folder }).output();
    assert(success, new TextDecoder().decode(stderr));
  };
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout"];
  await openssl("req", "-x509", ...key, "authority.key", "-out", "authority.crt", "-subj", "/CN=authority");
  await openssl("req", ...key, "redis.key", "-out", "redis.csr", "-subj", "/CN=localhost");
  await Deno.writeTextFile(`${folder}/names`, "subjectAltName=DNS:localhost");
  await openssl(
    ...["x509", "-req", "-in", "redis.csr", "-out", "redis.crt", "-extfile", "names"],
    ...["-CA", "authority.crt", "-CAkey", "authority.key", "-CAcreateserial"],
  );
}

Deno.test(
  needing(
    ["redis", "openssl"],
    "run --engine bullmq and worker speak TLS when the URL says rediss, and refuse a certificate nobody vouches for",
  ),
  atWork(async (place) => {
    const { folder, run } = place;
    await makeCertificates(folder);
    const tlsPort = freePort();
    await using redis = await startRedis(
      ...["--tls-port", `${tlsPort}`, "--tls-auth-clients", "no"],
      ...["--tls-cert-file", `${folder}/redis.crt`, "--tls-key-file", `${folder}/redis.key`],
      ...["--tls-ca-cert-file", `${folder}/authority.crt`],
    );
    const url = `rediss://localhost:${tlsPort}`;
    const refused = await place.withEnvironment({ SEEDBED_REDIS_URL: url }).run(
      "run",
      FILE,
      "--engine",
      "bullmq",
    );
    assertEquals([refused.code, refused.error], [
      2,
      `error: Cannot reach Redis at localhost:${tlsPort}: --redis or SEEDBED_REDIS_URL must name one that answers, ` +
      "found self-signed certificate in certificate chain\n",
    ]);
    const queue = place.withEnvironment({ SEEDBED_REDIS_URL: url, DENO_CERT: `${folder}/authority.crt` });
    const worker = queue.start("worker", "--workers", "2");
    assertEquals((await queue.run("run", FILE, "--engine", "bullmq")).code, 4);
    await stop(worker);
    await run("run", FILE, "--results", "local");
    assertEquals(
      await committedFiles(`${folder}/results/blobs_rate`),
      await committedFiles(`${folder}/local/blobs_rate`),
    );
    assertEquals(await redis.keys(), []);
  }),
);

Deno.test(
  "run and worker connect to the Redis that --redis names, whichever it is, and ask nobody",
  atWork(async ({ run }) => {
    const port = freePort();
    for (const args of [["run", FILE, "--engine", "bullmq"], ["worker"]]) {
      const { code, error } = await run(...args, "--redis", `redis://:hush@127.0.0.1:${port}`);
      assertEquals(code, 2);
      assertMatch(
        error,
        new RegExp(
          `^error: Cannot reach Redis at 127\\.0\\.0\\.1:${port}: [^\n]*connect ECONNREFUSED[^\n]*\n$`,
        ),
      );
    }
  }),
);
