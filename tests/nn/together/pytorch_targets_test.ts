// Several sources together: losses of targets alone, and whole runs on them as PyTorch has them.
import { assert, assertEquals } from "@std/assert";
import type { Dataset, Split } from "../../../lib/data/base/dataset.ts";
import type { Targets } from "../../../lib/data/base/targets.ts";
import { learnTargets } from "../../../lib/data/preparation/learn_targets.ts";
import type { TargetLossName } from "../../../lib/kernels/contract/elementwise_kernels.ts";
import { createKernels } from "../../../lib/kernels/create_kernels.ts";
import type { ModelSpec } from "../../../lib/nn/net/model_spec.ts";
import { FullyConnectedNet } from "../../../lib/nn/net/fully_connected_net.ts";
import { type EpochRecord, Solver } from "../../../lib/nn/training/solver.ts";
import type { SolverSpec } from "../../../lib/nn/training/solver_spec.ts";
import {
  assertClose,
  assertMatrix,
  type FixtureMatrix,
  readFixtures,
  tensorOf,
} from "../../golden/fixtures.ts";

interface LossFixture {
  readonly name: TargetLossName;
  readonly delta: number;
  readonly scores: FixtureMatrix;
  readonly targets: FixtureMatrix;
  readonly loss: number;
  readonly gradient: FixtureMatrix;
}

interface SplitFixture {
  readonly x: readonly number[];
  readonly targets: readonly number[];
}

type Measured = Readonly<Record<"Accuracy" | "Rmse" | "Mae" | "R2", number>>;

interface RunFixture {
  readonly kind: Targets["kind"] | "class";
  readonly model: ModelSpec;
  readonly solver: SolverSpec;
  readonly seed: string;
  readonly numOutputs: number;
  readonly data: Readonly<Record<"train" | "validation", SplitFixture>>;
  readonly mean: readonly number[];
  readonly history: readonly {
    readonly loss: number | null;
    readonly train: Measured;
    readonly validation: Measured;
  }[];
  readonly parameters: Readonly<Record<string, FixtureMatrix>>;
}

interface Fixtures {
  readonly losses: readonly LossFixture[];
  readonly runs: Readonly<Record<string, RunFixture>>;
}

const { losses, runs } = await readFixtures<Fixtures>("targets");

for (const { name, delta, scores, targets, loss, gradient } of losses) {
  Deno.test(`targetLoss() of ${name}, delta ${delta}, agrees with PyTorch to 1e-10`, () => {
    const kernels = createKernels({ dtype: "float64" });
    const [outputs, wanted, out] = [scores, targets, scores].map((fixture) => tensorOf(kernels, fixture));
    const found = kernels.targetLoss({ name, delta, outputs, targets: wanted, out })();
    assertClose([found], [loss], "loss");
    assertMatrix(out, gradient, "gradient");
  });
}

function datasetOf({ kind, data, mean, numOutputs }: RunFixture): Dataset {
  const splitOf = ({ x, targets }: SplitFixture): Split => {
    const n = x.length / 4;
    const labels = kind === "class" ? Int32Array.from(targets) : new Int32Array(n);
    const own = kind === "class" ? {} : { targets: Float64Array.from(targets) };
    return { n, x: Float32Array.from(x), labels, ...own };
  };
  const [train, validation] = [splitOf(data.train), splitOf(data.validation)];
  const names = Array.from({ length: numOutputs }, (_, index) => `y${index}`);
  return {
    ...{ inputDim: 4, image: null, mean: Float32Array.from(mean), train, validation, test: validation },
    ...kind === "class"
      ? { numClasses: 2, classNames: ["a", "b"] }
      : { numClasses: 1, classNames: [], targets: learnTargets(train.targets!, { kind, names }) },
  };
}

for (const [name, fixture] of Object.entries(runs)) {
  Deno.test(`Solver, ${name}, agrees with PyTorch to 1e-10 over a whole run`, () => {
    const { model, seed, numOutputs, kind } = fixture;
    const net = new FullyConnectedNet({ ...model, inputDim: 4, numOutputs, seed });
    const epochs = new Solver(net, { ...fixture.solver, dataset: datasetOf(fixture) }).epochs();
    fixture.history.forEach((expected, epoch) => {
      const record = epochs.next().value as EpochRecord;
      assertClose([record.loss ?? 0], [expected.loss ?? 0], `loss of epoch ${epoch}`);
      if (kind !== "numbers") {
        assertEquals(record.trainAccuracy, expected.train.Accuracy);
        assertEquals(record.validationAccuracy, expected.validation.Accuracy);
        return;
      }
      const { validationRmse, validationMae, validationR2 } = record.metrics!;
      const { Rmse, Mae, R2 } = expected.validation;
      assertClose([record.trainRmse!], [expected.train.Rmse], `training RMSE of epoch ${epoch}`);
      assertClose([validationRmse!, validationMae!, validationR2!], [Rmse, Mae, R2], `epoch ${epoch}`);
      assertEquals([record.trainAccuracy, record.validationAccuracy], [undefined, undefined]);
    });
    for (const { name, value } of net.parameters) assertMatrix(value, fixture.parameters[name], name);
  });
}

Deno.test("the fixtures of runs on targets learn something", () => {
  for (const { history } of Object.values(runs)) assert(history.at(-1)!.loss! < 0.8 * history[1].loss!);
});
