import { assertEquals, assertRejects } from "@std/assert";
import { dataDigest } from "../../../../lib/data/data_digest.ts";
import { csvDataset } from "../../../../lib/data/csv/csv_dataset.ts";
import { table } from "../../../../lib/data/table/declaration/table.ts";
import { packTable } from "../../../../lib/engine/queue/channel/table_parcel.ts";
import { DataCache } from "../../../../lib/engine/queue/worker/data_cache.ts";
import { UnsuitableTrialError } from "../../../../lib/engine/queue/worker/unsuitable_trial_error.ts";

const SPEC = csvDataset({
  file: "flowers.csv",
  label: "kind",
  classes: ["a", "b"],
  train: 2,
  validation: 1,
  test: 1,
});
const BYTES = new TextEncoder().encode("x,kind\n1,a\n2,b\n3,a\n4,b\n");
const OTHER_BYTES = new TextEncoder().encode("x,kind\n1,a\n2,b\n3,a\n5,b\n");

/** Runs a test with a folder that holds the file at its submitter, and an empty cache. */
async function withCache(
  test: (given: { readonly cacheDir: string; readonly digest: string }) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeFile(`${folder}/flowers.csv`, BYTES);
    await test({ cacheDir: `${folder}/cache`, digest: await dataDigest(SPEC, { baseDir: folder }) });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("DataCache fetches a CSV file once, and later has it from its own cache by its hash", () =>
  withCache(async ({ cacheDir, digest }) => {
    let fetched = 0;
    const fetchBytes = () => Promise.resolve(fetched++ === 0 ? BYTES : null);
    for (const cache of [new DataCache({ cacheDir }), new DataCache({ cacheDir })]) {
      for (let load = 0; load < 2; load++) {
        const { train, inputDim } = await cache.load({ spec: SPEC, dataDigest: digest, fetchBytes });
        assertEquals([train.n, inputDim], [2, 1]);
      }
    }
    assertEquals(fetched, 1);
    assertEquals([...Deno.readDirSync(cacheDir)].map(({ name }) => name), [`csv-${digest.slice(0, 16)}.csv`]);
  }));

Deno.test("DataCache fetches a CSV file again when the one in its cache was altered", () =>
  withCache(async ({ cacheDir, digest }) => {
    const path = `${cacheDir}/csv-${digest.slice(0, 16)}.csv`;
    await Deno.mkdir(cacheDir);
    await Deno.writeFile(path, OTHER_BYTES);
    const fetchBytes = () => Promise.resolve(BYTES);
    await new DataCache({ cacheDir }).load({ spec: SPEC, dataDigest: digest, fetchBytes });
    assertEquals(await Deno.readFile(path), BYTES);
  }));

Deno.test("DataCache refuses data with another hash than the trial's, and data that are gone, and tries again later", () =>
  withCache(async ({ cacheDir, digest }) => {
    const cache = new DataCache({ cacheDir });
    const load = (bytes: Uint8Array | null) =>
      cache.load({ spec: SPEC, dataDigest: digest, fetchBytes: () => Promise.resolve(bytes) });
    const other = await Deno.makeTempDir();
    await Deno.writeFile(`${other}/flowers.csv`, OTHER_BYTES);
    const otherDigest = await dataDigest(SPEC, { baseDir: other });
    await Deno.remove(other, { recursive: true });
    assertEquals(
      (await assertRejects(() => load(OTHER_BYTES), UnsuitableTrialError)).message,
      `its data hash is ${otherDigest.slice(0, 16)}, the trial's is ${digest.slice(0, 16)}`,
    );
    assertEquals(
      (await assertRejects(() => load(null), UnsuitableTrialError)).message,
      "its submitter has taken its data away",
    );
    assertEquals((await load(BYTES)).train.n, 2);
  }));

Deno.test("DataCache refuses data that this machine cannot use, to each of the trials that wait for them", () =>
  withCache(async ({ cacheDir }) => {
    const spec = { ...SPEC, train: 9 };
    const folder = cacheDir.replace(/cache$/, "");
    const cache = new DataCache({ cacheDir });
    const wanted = {
      spec,
      dataDigest: await dataDigest(spec, { baseDir: folder }),
      fetchBytes: () => Promise.resolve(BYTES),
    };
    const errors = await Promise.all(
      [1, 2].map(() => assertRejects(() => cache.load(wanted), UnsuitableTrialError)),
    );
    const message =
      `Cannot read data: csv-${wanted.dataDigest.slice(0, 16)}.csv: data.train + data.validation + ` +
      "data.test must be at most its 4 rows, found 11";
    assertEquals(errors.map((error) => error.message), [message, message]);
  }));

Deno.test("DataCache fetches the files of a table once, those of a folder and of the test too, and later has them", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/parts`);
    await Deno.writeTextFile(`${folder}/parts/a.csv`, "x,y\n1,a\n2,b\n3,a\n4,b\n");
    await Deno.writeTextFile(`${folder}/parts/b.csv`, "x,y\n5,a\n6,b\n");
    await Deno.writeTextFile(`${folder}/test.csv`, "x,y\n7,b\n");
    const spec = table({ file: "parts", testFile: "test.csv", label: "y", scaling: "none", validation: 2 });
    const digest = await dataDigest(spec, { baseDir: folder });
    const packed = await packTable(spec, { baseDir: folder, dataDigest: digest });
    const fetched: string[] = [];
    const fetchBytes = (key: string) => {
      fetched.push(key.replace(digest, "DIGEST"));
      return Promise.resolve(packed.get(key) ?? null);
    };
    const cacheDir = `${folder}/cache`;
    for (const cache of [new DataCache({ cacheDir }), new DataCache({ cacheDir })]) {
      const { test, train } = await cache.load({ spec, dataDigest: digest, fetchBytes });
      assertEquals([[...test.x], train.n], [[7], 4]);
    }
    assertEquals(fetched, ["DIGEST", "DIGEST/0.csv", "DIGEST/1.csv", "DIGEST/2.csv", "DIGEST"]);
    const gone = new DataCache({ cacheDir: `${folder}/other` });
    const request = { spec, dataDigest: digest, fetchBytes: () => Promise.resolve(null) };
    const { message } = await assertRejects(() => gone.load(request), UnsuitableTrialError);
    assertEquals(message, "its submitter has taken its data away");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

const PARCELS = [
  ["no JSON", "{", "Cannot read a queued table: its list of files must be JSON"],
  [
    "a path in place of a name",
    '{"files":["../0.csv"],"testFiles":[]}',
    'Cannot read a queued table: files must be a list, each element a number and an ending, found ["../0.csv"]',
  ],
] as const;

for (const [what, text, message] of PARCELS) {
  Deno.test(`DataCache refuses a table whose list of files is ${what}`, async () => {
    const cache = new DataCache({ cacheDir: "." });
    const fetchBytes = () => Promise.resolve(new TextEncoder().encode(text));
    const request = { spec: table({ file: "t.csv", label: "y" }), dataDigest: "0".repeat(64), fetchBytes };
    assertEquals((await assertRejects(() => cache.load(request), UnsuitableTrialError)).message, message);
  });
}
