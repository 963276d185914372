import { assertEquals } from "@std/assert";
import type { ModelSpec } from "../../../lib/nn/net/model_spec.ts";
import { resolveModel } from "../../../lib/nn/net/resolve_model.ts";
import { resolveSolver } from "../../../lib/nn/training/resolve_solver.ts";
import { type KnownTrial, netWarnings } from "../../../lib/report/summary/net_warnings.ts";

function trial(at: number, model: ModelSpec, batchSize = 10): KnownTrial {
  const optimizer = { name: "sgd", learningRate: 1 } as const;
  return {
    point: { at },
    model: resolveModel(model, { action: "test" }),
    solver: resolveSolver({ optimizer, batchSize, epochs: 1 }, { action: "test" }),
  };
}

Deno.test("netWarnings() names the points whose normalization leaves nothing of a row", () => {
  const trials = [
    trial(1, { hiddenDims: [4], normalization: "batchnorm" }, 1),
    trial(1, { hiddenDims: [4], normalization: "batchnorm" }, 1),
    trial(2, { hiddenDims: [4, 4], normalization: "batchnorm" }, 1),
    trial(3, { hiddenDims: [4, 1], normalization: "layernorm" }),
  ];
  assertEquals(netWarnings(trials), [
    {
      code: "batch_of_one",
      where: "at=1 and 1 more point",
      message: "batch normalization over a batch of one row makes every row the same: the net cannot learn",
    },
    {
      code: "layer_of_one",
      where: "at=3",
      message: "layer normalization over a layer of one unit makes every row the same: the net cannot learn",
    },
  ]);
});

Deno.test("netWarnings() has nothing to say of other nets, or of settings that are not known", () => {
  const trials: readonly KnownTrial[] = [
    trial(1, { hiddenDims: [4], normalization: "batchnorm" }, 2),
    trial(2, { hiddenDims: [], normalization: "batchnorm" }, 1),
    trial(3, { hiddenDims: [1], normalization: "batchnorm" }),
    trial(4, { hiddenDims: [1] }, 1),
    trial(5, { hiddenDims: [2], normalization: "layernorm" }, 1),
    { point: { at: 6 } },
  ];
  assertEquals(netWarnings(trials), []);
});

Deno.test("netWarnings() names settings that float32 rounds to 0 or to 1", () => {
  const trials = (dtype: "float32" | "float64"): readonly KnownTrial[] => {
    const model = resolveModel({ hiddenDims: [4], dtype, weightScale: 1e-60 }, { action: "test" });
    const optimizers = [
      { name: "adam", learningRate: 1e-60, epsilon: 1e-46, beta1: 0.99999999, beta2: 0.999 },
      { name: "momentum", learningRate: 1e-40, momentum: 1 - 1e-9 },
      { name: "rmsprop", learningRate: 1, decayRate: 1 - 1e-9, epsilon: 1e-8 },
    ] as const;
    return optimizers.map((optimizer, at) => ({
      point: { at },
      model,
      solver: resolveSolver({ optimizer, batchSize: 2, epochs: 1 }, { action: "test" }),
    }));
  };
  const rounded = (where: string, what: string) => ({
    code: "rounded_setting",
    where,
    message: `${what} in float32, which the net computes in`,
  });
  assertEquals(netWarnings(trials("float32")), [
    rounded("at=0", "solver.optimizer.learningRate is 0"),
    rounded("at=0", "solver.optimizer.epsilon is 0"),
    rounded("at=1", "solver.optimizer.momentum is 1"),
    rounded("at=2", "solver.optimizer.decayRate is 1"),
    rounded("at=0", "solver.optimizer.beta1 is 1"),
    rounded("at=0 and 2 more points", "model.weightScale is 0"),
  ]);
  assertEquals(netWarnings(trials("float64")), []);
});
