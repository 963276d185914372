import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { defineExperiment } from "../../../lib/experiment/declaration/define_experiment.ts";
import type { Experiment } from "../../../lib/experiment/declaration/experiment.ts";
import { expandGrid } from "../../../lib/experiment/points/expand_grid.ts";
import { expandPoints } from "../../../lib/experiment/points/expand_points.ts";
import { overrideExperiment } from "../../../lib/runner/declare/override_experiment.ts";
import { declaration } from "../../experiment/fakes.ts";

const EXPERIMENT = defineExperiment(declaration) as unknown as Experiment;

function override(...pairs: readonly string[]): Experiment {
  const overrides = pairs.map((pair) => ({
    path: pair.slice(0, pair.indexOf("=")),
    value: pair.slice(pair.indexOf("=") + 1),
  }));
  return overrideExperiment(EXPERIMENT, overrides);
}

Deno.test("overrideExperiment() sets fields of the experiment, of its data and of every trial", () => {
  const changed = override(
    ...["seed=9", "repeats=3", "data.train=40", "model.normalization=batchnorm", "model.hiddenDims=[5,6]"],
    ...["solver.optimizer.learningRate=0.5", "solver.optimizer.learningRate=0.25"],
  );
  assertEquals([changed.seed, changed.repeats, changed.data.train], [9, 3, 40]);
  assertEquals([changed.name, changed.grid, changed.data.test], [EXPERIMENT.name, EXPERIMENT.grid, 10]);
  assertEquals(changed.trial({ rate: 0.1, width: 4 }), {
    model: { hiddenDims: [5, 6], normalization: "batchnorm" },
    solver: { optimizer: { name: "sgd", learningRate: 0.25 }, batchSize: 10, epochs: 1 },
  });
  const models = ["model.activation=tanh", 'model.activation=["relu","tanh"]'].map((pair) =>
    override(pair).trial({ rate: 0.1, width: 4 })
  );
  assertEquals(
    models.map((settings) => "model" in settings ? settings.model.activation : null),
    ["tanh", ["relu", "tanh"]],
  );
  assertEquals(overrideExperiment(EXPERIMENT, []), EXPERIMENT);
  const measured = { ...EXPERIMENT, metrics: ["validationLoss"], select: "validationLoss" } as const;
  const overrides = [{ path: "select", value: "validationAuc" }];
  const { metrics, select } = overrideExperiment(measured, overrides);
  assertEquals([metrics, select], [["validationLoss", "validationAuc"], "validationAuc"]);
  const together = { ...EXPERIMENT, repeats: 3, ensemble: true } as const;
  assertEquals(overrideExperiment(together, [{ path: "seed", value: "9" }]).ensemble, true);
  const alone = [{ path: "repeats", value: "1" }, { path: "ensemble", value: "false" }];
  assertEquals(overrideExperiment(together, alone).ensemble, undefined);
  assertEquals(override("repeats=2", "ensemble=true").ensemble, true);
  const { message } = assertThrows(() => overrideExperiment(together, alone.slice(0, 1)), InputError);
  assertEquals(
    message,
    "Cannot define an experiment: ensemble must be false where a point has one net, found true; repeats from 2 on or " +
      "data.folds give it several",
  );
  const seeded = overrideExperiment(measured, [{ path: "seed", value: "9" }]);
  assertEquals([seeded.metrics, seeded.select], [["validationLoss"], "validationLoss"]);
});

Deno.test("overrideExperiment() throws when a path leads nowhere that can be set", () => {
  const nowhere =
    "--set must name a field of model, solver or data, or seed, repeats, select or ensemble, found";
  const cases: readonly (readonly [pair: string, message: string])[] = [
    ["name=x", `Cannot set a field: ${nowhere} "name"`],
    ["grid.rate=1", `Cannot set a field: ${nowhere} "grid.rate"`],
    ["seed.x=1", `Cannot set a field: ${nowhere} "seed.x"`],
    ["model=1", `Cannot set a field: ${nowhere} "model"`],
    ["data.=1", `Cannot set a field: ${nowhere} "data."`],
    ["__proto__.x=1", `Cannot set a field: ${nowhere} "__proto__.x"`],
    ["data.train.x=1", "Cannot set data.train.x: train must be a group of fields, found 50"],
    ["seed=-1", "Cannot define an experiment: seed must be a whole number from 0 on, found -1"],
  ];
  for (const [pair, message] of cases) {
    assertEquals(assertThrows(() => override(pair), InputError).message, message);
  }
});

Deno.test("overrideExperiment() begins a group of fields that is not there, and the trials check it", () => {
  const solverOf = (...pairs: readonly string[]) => {
    const experiment = override(...pairs);
    return expandGrid(expandPoints(experiment), { dataDigest: "blobs" }).trials[0].solver;
  };
  assertEquals(
    solverOf("solver.schedule.name=cosine", "solver.schedule.warmupEpochs=1").schedule,
    { name: "cosine", minRate: 0, warmupEpochs: 1, per: "epoch" },
  );
  assertEquals(solverOf("solver.averaging.decay=0.9").averaging, { decay: 0.9 });
  const { message } = assertThrows(() => solverOf("solver.scheduler.name=cosine"), InputError);
  assertStringIncludes(message, ": solver.scheduler is not a field, the fields are optimizer, ");
});
