import type { Dataset, Split } from "../../lib/data/base/dataset.ts";
import type { ModelSpec } from "../../lib/nn/net/model_spec.ts";
import type { EpochRecord } from "../../lib/nn/training/solver.ts";
import type { SolverSpec } from "../../lib/nn/training/solver_spec.ts";
import type { FixtureMatrix } from "../golden/fixtures.ts";

/** A whole run of PyTorch, as `make_fixtures.py` writes it. */
export interface RunFixture {
  readonly model: ModelSpec;
  readonly solver: SolverSpec;
  readonly seed: string;
  readonly data: Readonly<
    Record<"train" | "validation", { readonly x: readonly number[]; readonly labels: readonly number[] }>
  >;
  readonly mean: readonly number[];
  readonly history: readonly Omit<EpochRecord, "weightsSha256">[];
  readonly parameters: Readonly<Record<string, FixtureMatrix>>;
}

/** Returns the data of a run. */
export function datasetOf({ data, mean }: RunFixture): Dataset {
  const split = ({ x, labels }: RunFixture["data"]["train"]): Split => ({
    n: labels.length,
    x: Float32Array.from(x),
    labels: Int32Array.from(labels),
  });
  return {
    inputDim: 4,
    numClasses: 3,
    classNames: ["a", "b", "c"],
    image: null,
    mean: Float32Array.from(mean),
    train: split(data.train),
    validation: split(data.validation),
    test: split(data.validation),
  };
}
