import { assertEquals } from "@std/assert";
import type { ModelSpec } from "../../../lib/nn/net/model_spec.ts";
import { resolveModel } from "../../../lib/nn/net/resolve_model.ts";

const DEFAULTS = { weightScale: 0.01, reg: 0, dropoutKeepRatio: 1, normalization: null, dtype: "float32" };

const CASES: readonly (readonly [given: ModelSpec, activation: ModelSpec["activation"]])[] = [
  [{ hiddenDims: [3, 2] }, undefined],
  [{ hiddenDims: [3, 2], activation: "relu" }, undefined],
  [{ hiddenDims: [3, 2], activation: ["relu", "relu"] }, undefined],
  [{ hiddenDims: [], activation: "tanh" }, undefined],
  [{ hiddenDims: [], activation: [] }, undefined],
  [{ hiddenDims: [3, 2], activation: "tanh" }, "tanh"],
  [{ hiddenDims: [3, 2], activation: ["tanh", "tanh"] }, "tanh"],
  [{ hiddenDims: [3, 2], activation: ["tanh", "relu"] }, ["tanh", "relu"]],
];

for (const [given, activation] of CASES) {
  Deno.test(`resolveModel() gives equal nets equal settings: ${JSON.stringify(given)}`, () => {
    const expected = { hiddenDims: given.hiddenDims, ...DEFAULTS };
    assertEquals(
      resolveModel(given, { action: "test" }) as unknown,
      activation === undefined ? expected : { ...expected, activation },
    );
    // What is resolved may be resolved again, as when a model file is read.
    const resolved = resolveModel(given, { action: "test" });
    assertEquals(resolveModel(resolved, { action: "test" }), resolved);
  });
}
