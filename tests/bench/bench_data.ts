import type { SplitSizes } from "../../lib/data/base/data_spec.ts";
import type { Dataset } from "../../lib/data/base/dataset.ts";
import { CIFAR10 } from "../../lib/data/official/cifar10_source.ts";
import { decodedPath } from "../../lib/data/official/decoded_file.ts";
import { loadOfficial } from "../../lib/data/official/load_official.ts";
import type { OfficialSource } from "../../lib/data/official/official_source.ts";
import { STAND_IN_SHA256, writeStandIn } from "./stand_in.ts";
import { benchFolder, cacheFolder } from "./tools.ts";

/** The pictures that the benchmark trains on, and where their decoded file is kept. */
export interface BenchPictures {
  readonly source: OfficialSource;
  readonly cacheDir: string;
  /** What they are, for the notes of a table. */
  readonly about: string;
}

/** Returns CIFAR-10 where it is in the cache, else pictures of its shape, which are made once. */
export async function benchPictures(): Promise<BenchPictures> {
  const cacheDir = cacheFolder();
  if (await isThere(decodedPath(cacheDir, CIFAR10))) return { source: CIFAR10, cacheDir, about: "CIFAR-10" };
  const standIn = {
    source: { ...CIFAR10, sha256: STAND_IN_SHA256 },
    cacheDir: `${await benchFolder()}/stand_in`,
  };
  const path = decodedPath(standIn.cacheDir, standIn.source);
  if (!(await isThere(path))) {
    await Deno.mkdir(standIn.cacheDir, { recursive: true });
    await writeStandIn(path);
  }
  return { ...standIn, about: "pictures drawn in CIFAR-10's shape, since the cache does not hold CIFAR-10" };
}

/** Loads the benchmark's pictures as an experiment would. */
export async function loadBenchData(sizes: SplitSizes): Promise<Dataset> {
  const { source, cacheDir } = await benchPictures();
  return await loadOfficial(sizes, { source, cacheDir });
}

async function isThere(path: string): Promise<boolean> {
  return await Deno.stat(path).then(({ isFile }) => isFile, () => false);
}
