import type { DataShape } from "./base/data_shape.ts";
import type { DataPlace } from "./base/data_source.ts";
import type { DataSpec } from "./base/data_spec.ts";
import { sourceOf } from "./data_sources.ts";

/**
 * Returns the shape of the data that a spec declares, without loading them; null if it is known only once they are
 * loaded.
 */
export async function measureData(spec: DataSpec, place: DataPlace): Promise<DataShape | null> {
  return await sourceOf(spec).measure(spec, place);
}
