import { openStream } from "../../lib/core/numbers/random.ts";
import type { TableSpec } from "../../lib/data/base/data_spec.ts";
import type { Dataset, Split } from "../../lib/data/base/dataset.ts";
import { featureMean } from "../../lib/data/base/feature_mean.ts";
import type { Targets } from "../../lib/data/base/targets.ts";
import { learnTargets } from "../../lib/data/preparation/learn_targets.ts";
import { table } from "../../lib/data/table/declaration/table.ts";
import type { TrainedTrial } from "../../lib/experiment/evaluation/trained_trial.ts";
import { runTrial } from "../../lib/experiment/trial/run_trial.ts";
import type { Trial } from "../../lib/experiment/trial/trial.ts";
import { resolveModel } from "../../lib/nn/net/resolve_model.ts";
import { resolveSolver } from "../../lib/nn/training/resolve_solver.ts";
import type { SolverSpec } from "../../lib/nn/training/solver_spec.ts";

export const NAMES = ["first", "second"] as const;
export const FOLDS = 3;

const INPUT_DIM = 3;

/** Returns rows whose targets depend on their features, in units of their own. */
export function targetDataset(kind: Targets["kind"]): Dataset {
  const { normal } = openStream(`targets/${kind}`);
  const splitOf = (n: number): Split => {
    const x = Float32Array.from({ length: n * INPUT_DIM }, normal);
    const sums = Array.from({ length: n }, (_, row) => x[row * INPUT_DIM] - x[row * INPUT_DIM + 1]);
    const targets = sums.flatMap((sum) =>
      kind === "numbers" ? [1000 + 50 * sum + 10 * normal(), 0.01 * normal() - 3] : [
        Number(sum + normal() / 2 > 0),
        Number(sum < -1),
      ]
    );
    return { n, x, labels: new Int32Array(n), targets: Float64Array.from(targets) };
  };
  const [train, validation, test] = [60, 21, 40].map(splitOf);
  return {
    ...{ inputDim: INPUT_DIM, numClasses: 1, classNames: [], image: null, train, validation, test },
    targets: learnTargets(train.targets!, { kind, names: NAMES }),
    mean: featureMean(train, INPUT_DIM),
  };
}

/** Returns the declaration of such rows. */
export function targetSpec(kind: Targets["kind"], { folds }: { readonly folds?: number } = {}): TableSpec {
  const more = folds === undefined ? {} : { folds };
  return kind === "numbers"
    ? table({ file: "t.csv", target: NAMES, ...more })
    : table({ file: "t.csv", labels: NAMES, ...more });
}

/** Returns a trial on such rows. */
export function targetTrial(
  kind: Targets["kind"],
  { fold, repeat = 0, ...solver }: { readonly fold?: number; readonly repeat?: number } & Partial<SolverSpec>,
): Trial {
  const action = "test";
  const settings = {
    ...{ optimizer: { name: "adam", learningRate: 0.02 } as const, batchSize: 10, epochs: 3 },
    ...solver,
  };
  return {
    ...{ id: `trial-${repeat}-${fold ?? 0}`, point: {}, repeat, seed: 7, dataDigest: "table" },
    data: targetSpec(kind, fold === undefined ? {} : { folds: FOLDS }),
    ...fold === undefined ? {} : { fold },
    model: resolveModel({ hiddenDims: [5], weightScale: "he" }, { action }),
    solver: resolveSolver(settings, { action, kind }),
  };
}

/** Trains a trial to its end. */
export function trained(trial: Trial, dataset: Dataset): TrainedTrial {
  const { event, weights } = [...runTrial(trial, { dataset })].at(-1)!;
  if (event.type !== "done") throw new Error(`Cannot train: it ${event.type}`);
  return { ...event, trial, weights: weights! };
}
