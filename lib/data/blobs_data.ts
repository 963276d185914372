import { shapeOf } from "./base/data_shape.ts";
import type { DataSource } from "./base/data_source.ts";
import type { BlobsSpec } from "./base/data_spec.ts";
import { blobs } from "./blobs.ts";

/** Gaussian blobs. */
export const blobsData: DataSource<BlobsSpec> = {
  declare: blobs,
  identify: ({ numClasses, inputDim, spread, seed }) => ({ numClasses, inputDim, spread, seed }),
  measure: (spec) => shapeOf(spec, { ...spec, featureBytes: 4 }),
  load: async (spec) => (await import("./generate_blobs.ts")).generateBlobs(spec),
  countClasses: ({ numClasses }) => numClasses,
  image: null,
  origin: "generator",
};
