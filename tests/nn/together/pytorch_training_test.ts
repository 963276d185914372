// Several sources together: losses, penalties, schedules, clipping and averaging, over whole runs as PyTorch has them.
import { assert, assertEquals } from "@std/assert";
import { FullyConnectedNet } from "../../../lib/nn/net/fully_connected_net.ts";
import { type EpochRecord, Solver } from "../../../lib/nn/training/solver.ts";
import { assertClose, assertMatrix, type FixtureMatrix, readFixtures } from "../../golden/fixtures.ts";
import { datasetOf, type RunFixture } from "../run_fixture.ts";

interface TrainingFixture extends RunFixture {
  /** The averages of parameters and running averages, in the order of a net's tensors. */
  readonly averaged?: readonly FixtureMatrix[];
}

const fixtures = await readFixtures<Record<string, TrainingFixture>>("training");

function netOf({ model, seed }: TrainingFixture): FullyConnectedNet {
  return new FullyConnectedNet({ ...model, inputDim: 4, numClasses: 3, seed });
}

for (const [name, fixture] of Object.entries(fixtures)) {
  Deno.test(`Solver, ${name}, agrees with PyTorch to 1e-10 over a whole run`, () => {
    const net = netOf(fixture);
    const solver = new Solver(net, { ...fixture.solver, dataset: datasetOf(fixture) });
    const epochs = solver.epochs();
    for (const expected of fixture.history) {
      const { loss, learningRate, trainAccuracy, validationAccuracy } = epochs.next().value as EpochRecord;
      assertClose([loss ?? 0], [expected.loss ?? 0], `loss of epoch ${expected.epoch}`);
      assertClose([learningRate], [expected.learningRate], `learning rate of epoch ${expected.epoch}`);
      assertEquals([trainAccuracy, validationAccuracy], [
        expected.trainAccuracy,
        expected.validationAccuracy,
      ]);
    }
    for (const { name, value } of net.parameters) assertMatrix(value, fixture.parameters[name], name);
    if (fixture.averaged === undefined) return;
    const measured = netOf(fixture);
    measured.restore(solver.checkpoint().weights);
    measured.tensors.forEach(({ name, value }, i) => assertMatrix(value, fixture.averaged![i], name));
  });
}

Deno.test("the fixtures of training have a plateau whose rate falls, to its smallest", () => {
  const rates = fixtures.plateau.history.map(({ learningRate }) => learningRate);
  assert(new Set(rates).size > 2);
  assert(Math.abs(rates.at(-1)! - 1e-3) < 1e-12);
});
