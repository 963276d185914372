import { digestJson } from "../core/numbers/digest.ts";
import type { DataPlace, Identity } from "./base/data_source.ts";
import type { DataSpec } from "./base/data_spec.ts";
import { sourceOf } from "./data_sources.ts";

/**
 * Returns the SHA-256 that identifies the data and their splits, as 64 hexadecimal digits.
 *
 * It covers the bytes and not their location: a CSV file may be moved, and nothing is fetched.
 *
 * @throws {InputError} If a CSV file is missing.
 */
export async function dataDigest(spec: DataSpec, place: DataPlace): Promise<string> {
  return digestOf(spec, await sourceOf(spec).identify(spec, place));
}

/** Returns the {@link dataDigest} of a spec whose data have this identity. */
export function digestOf({ kind, train, validation, test, folds }: DataSpec, identity: Identity): string {
  const sizes = Object.entries({ train, validation, test, folds }).filter(([, size]) => size !== undefined);
  return digestJson({ kind, ...Object.fromEntries(sizes), ...identity });
}
