import { cacheDir } from "../../files/cache_dir.ts";
import { shapeOf } from "../base/data_shape.ts";
import type { DataSource } from "../base/data_source.ts";
import type { DataSpec, SplitSizes } from "../base/data_spec.ts";
import type { OfficialSource } from "./official_source.ts";

/** Returns the data source of a well-known data set: its first rows are the splits. */
export function officialData<S extends DataSpec & SplitSizes>(
  source: OfficialSource,
  declare: (sizes: SplitSizes) => S,
): DataSource<S> {
  return {
    declare,
    identify: () => ({ sha256: source.sha256 }),
    measure: (sizes) =>
      shapeOf(sizes, {
        inputDim: source.inputDim,
        numClasses: source.classNames.length,
        featureBytes: 1,
      }),
    async load(spec, options) {
      const { loadOfficial } = await import("./load_official.ts");
      return await loadOfficial(spec, { ...options, cacheDir: options.cacheDir ?? cacheDir(), source });
    },
    countClasses: () => source.classNames.length,
    image: source.image,
    origin: "official",
  };
}
