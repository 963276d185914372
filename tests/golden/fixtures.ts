import { assert } from "@std/assert";
import type { Matrix } from "../../lib/core/numbers/matrix.ts";
import type { Kernels } from "../../lib/kernels/contract/kernels.ts";
import type { Tensor } from "../../lib/kernels/contract/tensor.ts";
import type { Parameter } from "../../lib/nn/layers/layer.ts";

/** A matrix as `make_fixtures.py` writes it. */
export interface FixtureMatrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: readonly number[];
}

/** Reads a file of fixtures, made by `make_fixtures.py`. */
export async function readFixtures<T>(name: string): Promise<T> {
  return JSON.parse(await Deno.readTextFile(new URL(`./fixtures/${name}.json`, import.meta.url)));
}

export function tensorOf(kernels: Kernels, { rows, cols, data }: FixtureMatrix): Tensor {
  const tensor = kernels.tensor(rows, cols);
  tensor.data.set(data);
  return tensor;
}

export function parameterOf(
  kernels: Kernels,
  { name, value }: { name: string; value: FixtureMatrix },
): Parameter {
  const gradient = kernels.tensor(value.rows, value.cols);
  return { name, value: tensorOf(kernels, value), gradient, isWeight: name === "W" };
}

/** Asserts that every number is within 1e-10 of the expected one, relative to it or, below 1, absolutely. */
export function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  assert(actual.length === expected.length, `${what}: ${actual.length} numbers, expected ${expected.length}`);
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i] - expected[i]) / Math.max(1, Math.abs(expected[i]));
    assert(error <= 1e-10, `${what}[${i}] is ${actual[i]}, expected ${expected[i]}`);
  }
}

export function assertMatrix(actual: Matrix, expected: FixtureMatrix, what: string): void {
  assertClose(actual.data, expected.data, what);
}
