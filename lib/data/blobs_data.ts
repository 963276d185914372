import type { DataSource } from "./base/data_source.ts";
import type { BlobsSpec } from "./base/data_spec.ts";
import { blobs } from "./blobs.ts";

/** Gaussian blobs. */
export const blobsData: DataSource<BlobsSpec> = {
  declare: blobs,
  identify: ({ numClasses, inputDim, spread, seed }) => ({ numClasses, inputDim, spread, seed }),
  load: async (spec) => (await import("./generate_blobs.ts")).generateBlobs(spec),
  origin: "generator",
};
