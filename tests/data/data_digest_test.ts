import { assertEquals, assertMatch, assertNotEquals, assertRejects } from "@std/assert";
import { InputError } from "../../lib/core/check/errors.ts";
import type { DataSpec } from "../../lib/data/base/data_spec.ts";
import { blobs } from "../../lib/data/blobs.ts";
import { dataDigest } from "../../lib/data/data_digest.ts";
import { cifar10 } from "../../lib/data/official/cifar10.ts";
import { mnist } from "../../lib/data/official/mnist.ts";
import { csvDataset } from "../../lib/data/csv/csv_dataset.ts";

const sizes = { train: 3, validation: 2, test: 1 };
const csv = { file: "a.csv", label: "y", classes: ["p", "q"], ...sizes };
const cloud = { numClasses: 2, inputDim: 3, spread: 0.5, ...sizes };

async function withFolder(run: (baseDir: string) => Promise<void>): Promise<void> {
  const baseDir = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${baseDir}/a.csv`, "x,y\n1,p\n");
    await Deno.writeTextFile(`${baseDir}/b.csv`, "x,y\n1,q\n");
    await Deno.mkdir(`${baseDir}/moved`);
    await Deno.copyFile(`${baseDir}/a.csv`, `${baseDir}/moved/c.csv`);
    await run(baseDir);
  } finally {
    await Deno.remove(baseDir, { recursive: true });
  }
}

Deno.test("dataDigest() differs when anything that moves a row differs", async () => {
  const specs: readonly DataSpec[] = [
    mnist(sizes),
    mnist({ ...sizes, train: 4 }),
    mnist({ ...sizes, validation: 3 }),
    mnist({ ...sizes, test: 2 }),
    mnist({ ...sizes, folds: 2 }),
    mnist({ ...sizes, folds: 3 }),
    cifar10(sizes),
    csvDataset(csv),
    csvDataset({ ...csv, file: "b.csv" }),
    csvDataset({ ...csv, label: "x" }),
    csvDataset({ ...csv, classes: ["q", "p"] }),
    csvDataset({ ...csv, seed: 1 }),
    csvDataset({ ...csv, train: 4 }),
    csvDataset({ ...csv, header: false }),
    csvDataset({ ...csv, header: ["a", "b"] }),
    csvDataset({ ...csv, dtype: "float64" }),
    csvDataset({ ...csv, folds: 2 }),
    csvDataset({ ...csv, folds: 2, groups: "x" }),
    blobs(cloud),
    blobs({ ...cloud, numClasses: 3 }),
    blobs({ ...cloud, inputDim: 2 }),
    blobs({ ...cloud, spread: 0.25 }),
    blobs({ ...cloud, seed: 1 }),
    blobs({ ...cloud, folds: 2 }),
  ];
  await withFolder(async (baseDir) => {
    const digests = await Promise.all(specs.map((spec) => dataDigest(spec, { baseDir })));
    assertEquals(new Set(digests).size, specs.length);
    for (const digest of digests) assertMatch(digest, /^[0-9a-f]{64}$/);
  });
});

Deno.test("dataDigest() stays when a CSV file is moved, and differs when it is edited", async () => {
  await withFolder(async (baseDir) => {
    const digest = await dataDigest(csvDataset(csv), { baseDir });
    assertEquals(await dataDigest(csvDataset({ ...csv, file: "moved/c.csv" }), { baseDir }), digest);
    await Deno.writeTextFile(`${baseDir}/a.csv`, "x,y\n1,p\n\n");
    assertNotEquals(await dataDigest(csvDataset(csv), { baseDir }), digest);
  });
});

Deno.test("dataDigest() stays when a declaration says what holds anyway", async () => {
  await withFolder(async (baseDir) => {
    const digest = await dataDigest(csvDataset(csv), { baseDir });
    assertEquals(
      await dataDigest(csvDataset({ ...csv, header: true, dtype: "float32" }), { baseDir }),
      digest,
    );
  });
});

Deno.test("dataDigest() throws when the CSV file is missing", async () => {
  await assertRejects(
    () => dataDigest(csvDataset({ ...csv, file: "no.csv" }), { baseDir: "." }),
    InputError,
    "Cannot read data: no.csv must be a file in the experiment's folder; file not found: ",
  );
});
