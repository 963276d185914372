import { assertEquals } from "@std/assert";
import type { ModelSpec } from "../../../lib/nn/net/model_spec.ts";
import { resolveModel } from "../../../lib/nn/net/resolve_model.ts";

const DEFAULTS = { weightScale: 0.01, reg: 0, dropoutKeepRatio: 1, normalization: null, dtype: "float32" };

const CASES: readonly (readonly [given: ModelSpec, others: Partial<ModelSpec>])[] = [
  [{ hiddenDims: [3, 2] }, {}],
  [{ hiddenDims: [3, 2], activation: "relu" }, {}],
  [{ hiddenDims: [3, 2], activation: ["relu", "relu"] }, {}],
  [{ hiddenDims: [], activation: "tanh" }, {}],
  [{ hiddenDims: [], activation: [] }, {}],
  [{ hiddenDims: [3, 2], activation: "tanh" }, { activation: "tanh" }],
  [{ hiddenDims: [3, 2], activation: ["tanh", "tanh"] }, { activation: "tanh" }],
  [{ hiddenDims: [3, 2], activation: ["tanh", "relu"] }, { activation: ["tanh", "relu"] }],
  [{ hiddenDims: [3], regL1: 0, inputDropoutKeepRatio: 1, bias: true }, {}],
  [{ hiddenDims: [3], regL1: 0.1 }, { regL1: 0.1 }],
  [{ hiddenDims: [3], inputDropoutKeepRatio: 0.8 }, { inputDropoutKeepRatio: 0.8 }],
  [{ hiddenDims: [3], normalization: "batchnorm", bias: true }, { normalization: "batchnorm" }],
  [
    { hiddenDims: [3], normalization: "batchnorm", bias: false },
    { normalization: "batchnorm", bias: false },
  ],
  [{ hiddenDims: [3, 3], residual: true }, { residual: true }],
  [{ hiddenDims: [3], residual: false }, {}],
  // No layer is in front of a normalization.
  [{ hiddenDims: [], normalization: "batchnorm", bias: false }, { normalization: "batchnorm" }],
];

for (const [given, others] of CASES) {
  Deno.test(`resolveModel() gives equal nets equal settings: ${JSON.stringify(given)}`, () => {
    const expected = { hiddenDims: given.hiddenDims, ...DEFAULTS, ...others };
    assertEquals(resolveModel(given, { action: "test" }) as unknown, expected);
    // What is resolved may be resolved again, as when a model file is read.
    const resolved = resolveModel(given, { action: "test" });
    assertEquals(resolveModel(resolved, { action: "test" }), resolved);
  });
}
