import { digestJson, type Json, sha256Hex } from "../core/numbers/digest.ts";
import type { CsvSpec, DataSpec } from "./base/data_spec.ts";
import { CIFAR10 } from "./official/cifar10_source.ts";
import { MNIST } from "./official/mnist_source.ts";

/**
 * Returns the SHA-256 that identifies the data and their splits, as 64 hexadecimal digits.
 *
 * It covers the bytes and not their location: a CSV file may be moved, and nothing is fetched.
 *
 * @throws {InputError} If a CSV file is missing.
 */
export async function dataDigest(spec: DataSpec, { baseDir }: { readonly baseDir: string }): Promise<string> {
  const { kind, train, validation, test } = spec;
  switch (spec.kind) {
    case "mnist":
      return digestJson({ kind, train, validation, test, sha256: MNIST.sha256 });
    case "cifar10":
      return digestJson({ kind, train, validation, test, sha256: CIFAR10.sha256 });
    case "csv":
      // Only this kind loads the CSV reader.
      return csvDigest(spec, {
        bytes: await (await import("./table/load_csv.ts")).readCsvBytes(spec, { baseDir }),
      });
    case "blobs": {
      const { numClasses, inputDim, spread, seed } = spec;
      return digestJson({ kind, train, validation, test, numClasses, inputDim, spread, seed });
    }
  }
}

/** Returns the {@link dataDigest} of a file with these bytes. */
export function csvDigest(
  { kind, train, validation, test, label, classes, seed, header, dtype }: CsvSpec,
  { bytes }: { readonly bytes: Uint8Array },
): string {
  const sha256 = sha256Hex(bytes);
  // Fields that are not declared, or that declare the default, are no part of the identity.
  const first: Record<string, Json> = header === undefined || header === true ? {} : { header };
  const held: Record<string, Json> = dtype === "float64" ? { dtype } : {};
  return digestJson({ kind, train, validation, test, sha256, label, classes, seed, ...first, ...held });
}
