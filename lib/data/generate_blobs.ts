import { openStream } from "../core/numbers/random.ts";
import type { BlobsSpec } from "./base/data_spec.ts";
import type { Dataset, Split } from "./base/dataset.ts";
import { featureMean } from "./base/feature_mean.ts";
import { sharedFloats, sharedLabels } from "./base/shared_arrays.ts";

/**
 * Makes Gaussian blobs: row i of each split is of class `i % numClasses`, at its class's centre plus `spread` times a
 * standard normal.
 *
 * The centres and each split have a random stream of their own: a longer training split changes no other row.
 */
export function generateBlobs(spec: BlobsSpec): Dataset {
  const { numClasses, inputDim, seed } = spec;
  const stream = openStream(`blobs/${seed}/centres`);
  const centres = Float64Array.from({ length: numClasses * inputDim }, () => stream.normal());
  const make = (name: string, n: number) => generateSplit(spec, { centres, name, n });
  const train = make("train", spec.train);
  return {
    inputDim,
    numClasses,
    classNames: Array.from({ length: numClasses }, (_, index) => String(index)),
    image: null,
    mean: featureMean(train, inputDim),
    train,
    validation: make("validation", spec.validation),
    test: make("test", spec.test),
  };
}

interface SplitOptions {
  readonly centres: Float64Array;
  readonly name: string;
  readonly n: number;
}

function generateSplit({ numClasses, inputDim, spread, seed }: BlobsSpec, options: SplitOptions): Split {
  const { centres, name, n } = options;
  const stream = openStream(`blobs/${seed}/${name}`);
  const x = sharedFloats(n * inputDim);
  for (let row = 0; row < n; row++) {
    const centre = (row % numClasses) * inputDim;
    for (let i = 0; i < inputDim; i++) x[row * inputDim + i] = centres[centre + i] + spread * stream.normal();
  }
  return { n, x, labels: sharedLabels(Array.from({ length: n }, (_, row) => row % numClasses)) };
}
